import { Injectable } from '@nestjs/common';
import { conditions, type Reads } from '@app/platform';
import { SeatsFromOutside } from '@app/training';
import { CertifiedEnrolments } from '../certified-enrolments.js';
import type { ReferralSeat } from '../referral/referral.graphql.js';
import { type Known, stageOf } from '../referral/referral.rules.js';
import type { OpenVault } from '../vault.js';
import type { Sponsorship } from './sponsorship.entity.js';
import type { Sponsored } from './sponsorship.rules.js';

/** Where the sealed text of a seat opens. */
export const placeOfSeat = (seatId: string) => `sponsorship.${seatId}`;

/** How far people have come with their seats. What training and certification are asked leaves no trace there. */
@Injectable()
export class SponsorshipProgress {
  constructor(
    private readonly seats: SeatsFromOutside,
    private readonly certified: CertifiedEnrolments,
  ) {}

  /** The seats of these people, by referral, the newest first. As many statements for a hundred people as for one. */
  async of(
    tx: Reads,
    vault: OpenVault,
    people: readonly { id: string; known: Known }[],
  ): Promise<Map<string, ReferralSeat[]>> {
    const nationalIdOf = new Map(people.map(({ id, known }) => [id, known.nationalId]));
    const bounds = conditions('s', { referralId: [...nationalIdOf.keys()] });
    const rows = await tx.query<Pick<Sponsorship, 'id' | 'referralId' | 'sealed'>>(
      `SELECT s.id, s.referralId, s.sealed FROM sponsorship s WHERE ${bounds.sql} ORDER BY s.id DESC`,
      bounds.values,
    );
    const opened = rows.map(({ id, referralId, sealed }) => {
      const sponsored = vault.reveal<Sponsored>(sealed, placeOfSeat(id));
      return { id, referralId, nationalId: nationalIdOf.get(referralId) ?? '', ...sponsored };
    });
    const runs = await this.seats.named(
      tx,
      opened.map(({ runId }) => runId),
    );
    const progress = await this.seats.progress(tx, opened);
    const enrolmentIds = progress.flatMap((one) => (one ? [one.enrolmentId] : []));
    const certified = await this.certified.among(tx, enrolmentIds);
    const seats = new Map<string, ReferralSeat[]>();
    for (const [n, { id, referralId, runId, givenOn, takenBack }] of opened.entries()) {
      const run = runs.get(runId);
      if (!run) continue;
      const { number: runNumber, titleFa, titleEn, instituteName, startsOn, endsOn } = run;
      const reached = progress[n] ?? null;
      const seat = {
        ...{ id, runId, runNumber, titleFa, titleEn, instituteName, startsOn, endsOn, givenOn },
        stage: stageOf(takenBack, reached, reached !== null && certified.has(reached.enrolmentId)),
        settled: reached?.settled ?? false,
        presentOfHeld: reached?.presentOfHeld ?? null,
      };
      seats.set(referralId, [...(seats.get(referralId) ?? []), seat]);
    }
    return seats;
  }
}
