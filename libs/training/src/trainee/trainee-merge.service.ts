import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type Actor,
  type AgreementDetail,
  AgreementDetailName as Detail,
  AgreementKind,
  Agreements,
  type ToldRequest,
} from '@app/access';
import { maskNationalId } from '@app/persian';
import { Clock, conditions, NotFound, Refused, type Tx } from '@app/platform';
import { runsSeenBy } from '../course-run/course-run.policy.js';
import { officers } from '../office/office.policy.js';
import { Trainee } from './trainee.entity.js';
import { TraineesMerged } from './trainee.events.js';
import { MergedTrainee } from './merged-trainee.entity.js';
import { MergeRefusal, refuseMerge } from './trainee-merge.rules.js';

interface Two {
  keptId: string;
  mergedId: string;
}

/** Makes one of two records of one person. It takes two. */
@Injectable()
export class TraineeMergeService implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly agreements: Agreements,
  ) {}

  onModuleInit(): void {
    this.agreements.register<Two>({
      kind: AgreementKind.TRAINEE_MERGE,
      askers: officers,
      agreers: officers,
      perform: (tx, asker, two) => this.merge(tx, asker, two),
    });
  }

  /**
   * Asks to merge two trainees, both with places in the actor's reach.
   *
   * @throws NotFound one of them has no place there
   * @throws Refused  a `MergeRefusal`; nothing is written
   */
  async ask(actor: Actor, two: Two, purpose: string): Promise<ToldRequest> {
    if (two.keptId === two.mergedId) throw new Refused(MergeRefusal.SAME_ROW);
    return this.agreements.ask(actor, AgreementKind.TRAINEE_MERGE, two, purpose);
  }

  private async merge(tx: Tx, asker: Actor, { keptId, mergedId }: Two): Promise<AgreementDetail[]> {
    // Held first: who is being enrolled now waits, so that no place is added behind what is counted here.
    const people = await tx.lockAll(Trainee, [keptId, mergedId]);
    const places = await this.placesOf(tx, asker, [keptId, mergedId]);
    if (!places.every(({ inReach }) => inReach > 0)) throw new NotFound();
    const [shared] = await tx.query<{ runs: number }>(
      `SELECT COUNT(*) AS runs FROM enrolment a JOIN enrolment b ON b.runId = a.runId
        WHERE a.traineeId = ? AND b.traineeId = ?`,
      [keptId, mergedId],
    );
    const before = conditions('m', { id: [keptId, mergedId] });
    const merged = await tx.query(`SELECT m.id FROM merged_trainee m WHERE ${before.sql}`, before.values);
    const refusal = refuseMerge({
      mergedBefore: merged.length,
      sharedRuns: Number(shared?.runs),
      outOfReach: places.reduce((sum, { all, inReach }) => sum + all - inReach, 0),
    });
    if (refusal) throw new Refused(refusal);
    const moved = await tx.execute('UPDATE enrolment SET traineeId = ? WHERE traineeId = ?', [keptId, mergedId]);
    // The trace of who has looked, and the person's own way in.
    await tx.execute('UPDATE reveal SET traineeId = ? WHERE traineeId = ?', [keptId, mergedId]);
    await tx.execute('UPDATE role_grant SET traineeId = ? WHERE traineeId = ?', [keptId, mergedId]);
    await tx.execute('UPDATE mobile_change SET traineeId = ? WHERE traineeId = ?', [keptId, mergedId]);
    // Nobody signs in by the number of a record that is no more.
    await tx.execute('UPDATE trainee SET mobile = NULL, mobileIndex = NULL WHERE id = ?', [mergedId]);
    await tx.execute('UPDATE merged_trainee SET keptId = ? WHERE keptId = ?', [keptId, mergedId]);
    await tx.insert(MergedTrainee, { id: mergedId, keptId, mergedAt: this.clock.now() });
    tx.emit(TraineesMerged, { keptId, mergedId });
    const told = (id: string) => {
      const { givenName, familyName, nationalId } = people.find((one) => one.id === id) as Trainee;
      return `${givenName} ${familyName} (${maskNationalId(nationalId)})`;
    };
    return [
      { name: Detail.KEPT_PERSON, value: told(keptId) },
      { name: Detail.MERGED_PERSON, value: told(mergedId) },
      { name: Detail.ENROLMENTS, value: String(moved) },
    ];
  }

  /** How many places each of them has, and how many of those the actor reaches. */
  private async placesOf(tx: Tx, actor: Actor, ids: string[]): Promise<{ all: number; inReach: number }[]> {
    const reach = conditions('r', runsSeenBy(actor));
    const asked = conditions('e', { traineeId: ids });
    const rows = await tx.query<{ traineeId: string; places: number; inReach: number }>(
      `SELECT e.traineeId, COUNT(*) AS places, SUM(CASE WHEN ${reach.sql} THEN 1 ELSE 0 END) AS inReach
         FROM enrolment e JOIN course_run r ON r.id = e.runId WHERE ${asked.sql} GROUP BY e.traineeId`,
      [...reach.values, ...asked.values],
    );
    return ids.map((id) => {
      const row = rows.find(({ traineeId }) => traineeId === id);
      return { all: Number(row?.places ?? 0), inReach: Number(row?.inReach ?? 0) };
    });
  }
}
