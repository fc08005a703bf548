import { Injectable } from '@nestjs/common';
import { Clock, Database, newId, NotFound, Refused, type Tx } from '@app/platform';
import { SeatTokens } from '@app/training';
import { Referral } from '../referral/referral.entity.js';
import { type BranchActor, referralsOf } from '../referral/referral.policy.js';
import { inOwnTrail } from '../referral/trail.service.js';
import { type OpenVault, Vault } from '../vault.js';
import { Sponsorship } from './sponsorship.entity.js';
import { SeatGiven, SeatTakenBack } from './sponsorship.events.js';
import type { GiveSeatInput } from './sponsorship.graphql.js';
import { refuseSeat, type Sponsored, SponsorshipRefusal } from './sponsorship.rules.js';
import { placeOfSeat } from './sponsorship-progress.service.js';

/** Gives referred people seats, by the tokens that everyone's seat is settled with. */
@Injectable()
export class SponsorshipService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly tokens: SeatTokens,
  ) {}

  /**
   * Gives a person a token of a run of the branch's province. The code is told once and kept nowhere: one that is lost
   * is taken back, and another given.
   *
   * @throws NotFound the referral is not the branch's, or the run not its province's
   * @throws Refused  a `SponsorshipRefusal`; nothing is written
   */
  give(actor: BranchActor, { referralId, runId }: GiveSeatInput): Promise<{ id: string; code: string }> {
    const work = async (tx: Tx) => {
      const by = await inOwnTrail(tx, actor);
      // Held, so that two who give at once see each other's seat.
      await tx.lock(Referral, { id: referralId, ...referralsOf(actor) });
      const vault = await this.vault.open(tx);
      const seats = await seatsOf(tx, vault, referralId);
      const refusal = refuseSeat(seats, runId);
      if (refusal) throw new Refused(refusal);
      const { code, id: tokenId } = await this.tokens.give(tx, { provinceCode: actor.provinceCode }, runId);
      const id = newId();
      const givenOn = this.clock.today();
      const sponsored: Sponsored = { runId, tokenId, givenOn, takenBack: false };
      await tx.insert(Sponsorship, { id, referralId, sealed: vault.seal(sponsored, placeOfSeat(id)) });
      await tx.update(Referral, { id: referralId }, { touchedOn: givenOn });
      tx.emit(SeatGiven, { referralId, seatId: id }, by);
      return { id, code };
    };
    return this.db.write(actor, work, { secret: true });
  }

  /**
   * Takes a token back that nobody has handed in yet.
   *
   * @throws NotFound the seat is not the branch's
   * @throws Refused  `TOKEN_USED`; nothing is written
   */
  takeBack(actor: BranchActor, seatId: string): Promise<{ id: string }> {
    return this.db.write(actor, async (tx) => {
      const by = await inOwnTrail(tx, actor);
      const [seat] = await tx.query<Pick<Sponsorship, 'referralId'>>(
        `SELECT s.referralId FROM sponsorship s JOIN referral r ON r.id = s.referralId WHERE s.id = ? AND r.branchId = ?`,
        [seatId, referralsOf(actor).branchId],
      );
      if (!seat) throw new NotFound();
      const { referralId, sealed } = await tx.lock(Sponsorship, { id: seatId });
      const vault = await this.vault.open(tx);
      const sponsored = vault.reveal<Sponsored>(sealed, placeOfSeat(seatId));
      if (sponsored.takenBack || !(await this.tokens.takeBack(tx, sponsored.tokenId)))
        throw new Refused(SponsorshipRefusal.TOKEN_USED);
      const left = vault.seal({ ...sponsored, takenBack: true }, placeOfSeat(seatId));
      await tx.update(Sponsorship, { id: seatId }, { sealed: left });
      await tx.update(Referral, { id: referralId }, { touchedOn: this.clock.today() });
      tx.emit(SeatTakenBack, { referralId, seatId }, by);
      return { id: seatId };
    });
  }
}

const seatsOf = async (tx: Tx, vault: OpenVault, referralId: string): Promise<Sponsored[]> =>
  (await tx.repo(Sponsorship).findBy({ referralId })).map(({ id, sealed }) =>
    vault.reveal<Sponsored>(sealed, placeOfSeat(id)),
  );
