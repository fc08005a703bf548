import { Injectable } from '@nestjs/common';
import { type Actor, endGraduateSessions, openNumber } from '@app/access';
import { dayInTehran, formatJalali, maskMobile, mobile, storeForm } from '@app/persian';
import { MessageKind, Messages, mobileIndex, mobileIndexes } from '@app/messaging';
import {
  BadInput,
  Clock,
  conditions,
  Database,
  Keys,
  Later,
  NotFound,
  Refused,
  Settings,
  SYSTEM,
  type Tx,
} from '@app/platform';
import { ownOf } from '../graduate/graduate.policy.js';
import { Trainee } from '../trainee/trainee.entity.js';
import { type IdentityCheck, MobileChange, MobileChangeState } from './mobile-change.entity.js';
import {
  GraduateSignInOpened,
  MobileChanged,
  MobileChangeObjected,
  MobileChangeVouched,
} from './mobile-change.events.js';
import { runsVouchedFor } from './mobile-change.policy.js';
import { MobileChangeRefusal, moves } from './mobile-change.rules.js';

interface Vouching {
  enrolmentId: string;
  mobile: string;
  identityCheck: IdentityCheck;
  vouching: string;
}

const DAY_MS = 24 * 3_600_000;

/** What may be shown of a change: of the number what its owner knows again. */
export const shownChange = ({ id, state, newMobile, identityCheck, vouchedAt, takesEffectAt }: MobileChange) => ({
  ...{ id, state, identityCheck, vouchedAt, takesEffectAt },
  maskedMobile: maskMobile(newMobile),
});

/** The person of an enrolment the actor vouches in, held: one statement whether it is another's or never was. */
export async function personVouchedFor(tx: Tx, actor: Actor, enrolmentId: string): Promise<Trainee> {
  const seen = conditions('r', runsVouchedFor(actor));
  const [enrolment] = await tx.query<{ traineeId: string }>(
    `SELECT e.traineeId FROM enrolment e JOIN course_run r ON r.id = e.runId WHERE e.id = ? AND ${seen.sql}`,
    [enrolmentId, ...seen.values],
  );
  if (!enrolment) throw new NotFound();
  return tx.lock(Trainee, { id: enrolment.traineeId });
}

/** The telephone is lost, or the number is another: the office that knows the person vouches for the new one. */
@Injectable()
export class MobileChangeService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly settings: Settings,
    private readonly messages: Messages,
  ) {}

  /**
   * N2, N3: vouches for a new number. It signs in after some days; until then the old one does, and may say no. Both get
   * a message.
   *
   * @throws BadInput it is no mobile number
   * @throws NotFound the enrolment is not in a course run the actor vouches in
   * @throws Refused  a `MobileChangeRefusal`; nothing is written
   */
  vouch(actor: Actor, input: Vouching) {
    const number = mobile(input.mobile);
    if (!number.ok) throw new BadInput(NOT_A_MOBILE);
    return this.db.write(actor, async (tx) => {
      const { id: traineeId, mobile: oldMobile } = await personVouchedFor(tx, actor, input.enrolmentId);
      if (oldMobile === number.national) throw new Refused(MobileChangeRefusal.SAME_NUMBER);
      if (await tx.repo(MobileChange).existsBy({ traineeId, state: MobileChangeState.WAITING }))
        throw new Refused(MobileChangeRefusal.ALREADY_WAITING);
      const vouchedAt = this.clock.now();
      const change = await tx.insert(MobileChange, {
        ...{ traineeId, oldMobile, newMobile: number.national, identityCheck: input.identityCheck },
        ...{ vouching: storeForm(input.vouching), state: MobileChangeState.WAITING, settledAt: null },
        ...{ vouchedById: actor.userId, vouchedAt },
        takesEffectAt: new Date(vouchedAt.getTime() + this.settings.NEW_MOBILE_WAITS_DAYS * DAY_MS),
      });
      const day = formatJalali(dayInTehran(change.takesEffectAt), 'long');
      if (oldMobile)
        await this.messages.queue(tx, { kind: MessageKind.MOBILE_LEFT, to: oldMobile, parameters: { day } });
      await this.messages.queue(tx, { kind: MessageKind.MOBILE_TAKEN, to: number.national, parameters: { day } });
      tx.emit(MobileChangeVouched, { changeId: change.id, traineeId, identityCheck: input.identityCheck });
      return shownChange(change);
    });
  }

  /**
   * Puts the new number in the place of the old one and ends the sessions of who signed in with it.
   *
   * @throws Later its time has not come
   */
  async take(changeId: string): Promise<void> {
    const change = await this.db.read((tx) => tx.repo(MobileChange).findOneBy({ id: changeId }));
    if (!change) return;
    const left = change.takesEffectAt.getTime() - this.clock.now().getTime();
    if (left > 0 && change.state === MobileChangeState.WAITING) throw new Later(left);
    await this.db.write(SYSTEM, async (tx) => {
      const { id, state, traineeId, newMobile } = await tx.lock(MobileChange, { id: changeId });
      if (!moves[state].includes(MobileChangeState.DONE)) return;
      const index = mobileIndex(this.keys, newMobile);
      await tx.update(Trainee, { id: traineeId }, { mobile: newMobile, mobileIndex: index });
      await this.settle(tx, id, MobileChangeState.DONE);
      const sessionsEnded = await endGraduateSessions(tx, traineeId);
      tx.emit(MobileChanged, { changeId: id, traineeId, sessionsEnded });
    });
  }

  /**
   * N3: whoever signs in with the old number says no to the new one.
   *
   * @throws Refused `NOTHING_WAITS`; nothing is written
   */
  object(actor: Actor) {
    const own = ownOf(actor);
    return this.db.write(actor, async (tx) => {
      const waiting = await tx.repo(MobileChange).findOneBy({ ...own, state: MobileChangeState.WAITING });
      const change = waiting && (await tx.lock(MobileChange, { id: waiting.id }));
      if (!change || !moves[change.state].includes(MobileChangeState.OBJECTED))
        throw new Refused(MobileChangeRefusal.NOTHING_WAITS);
      await this.settle(tx, change.id, MobileChangeState.OBJECTED);
      tx.emit(MobileChangeObjected, { changeId: change.id, traineeId: change.traineeId });
      return shownChange({ ...change, state: MobileChangeState.OBJECTED });
    });
  }

  /**
   * N4: lets birth dates be tried again at the number of a person who came to the office.
   *
   * @throws NotFound the enrolment is not in a course run the actor vouches in
   */
  open(
    actor: Actor,
    { enrolmentId, identityCheck }: Pick<Vouching, 'enrolmentId' | 'identityCheck'>,
  ): Promise<boolean> {
    return this.db.write(actor, async (tx) => {
      const { id: traineeId, mobile: number } = await personVouchedFor(tx, actor, enrolmentId);
      const wasShut = number !== null && (await openNumber(tx, mobileIndexes(this.keys, number)));
      tx.emit(GraduateSignInOpened, { traineeId, identityCheck, wasShut });
      return wasShut;
    });
  }

  private async settle(tx: Tx, id: string, state: MobileChangeState): Promise<void> {
    await tx.update(MobileChange, { id }, { state, settledAt: this.clock.now() });
  }
}

const NOT_A_MOBILE = {
  field: 'input.mobile',
  messageFa: 'شمارهٔ تلفن همراه را کامل بنویسید، مانند ۰۹۱۲۳۴۵۶۷۸۹.',
  messageEn: 'Write the whole mobile number, such as 09123456789.',
};
