import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BadInput, Database, type Tx } from '@app/platform';
import { type SessionLimits, usualLimits } from '../access.rules.js';
import { AgreementDetailName as Detail, AgreementKind } from '../agreement/agreement.rules.js';
import { type AgreementDetail, Agreements, type ToldRequest } from '../agreement/agreements.service.js';
import { type Actor, Role } from '../actor.rules.js';
import { SessionLimitsSet } from './session.events.js';
import { SessionLimitsOfRole } from './sign-in-session.entity.js';

type LimitsOfRole = { role: Role } & SessionLimits;

/** Who sets how long sessions last. */
export const LIMIT_SETTERS = [Role.ADMINISTRATOR, Role.NATIONAL_OFFICER] as const;

/** How long sessions of each role last: the table of settings. Changing it takes two. */
@Injectable()
export class SessionLimitsService implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly agreements: Agreements,
  ) {}

  onModuleInit(): void {
    const kind = AgreementKind.SESSION_LIMITS;
    const perform = (tx: Tx, _: Actor, body: LimitsOfRole) => set(tx, body);
    this.agreements.register<LimitsOfRole>({ kind, askers: LIMIT_SETTERS, agreers: LIMIT_SETTERS, perform });
  }

  /** One for each role, also where nobody has set any. */
  async all(): Promise<LimitsOfRole[]> {
    const set = await this.db.read((tx) => tx.repo(SessionLimitsOfRole).find());
    return Object.values(Role).map((role) => {
      const { idleMinutes, absoluteMinutes } = set.find(({ id }) => id === role) ?? usualLimits(role);
      return { role, idleMinutes, absoluteMinutes };
    });
  }

  /**
   * Asks to set those of a role. The idle time then counts at once; the end of a session that stands stays where it is.
   *
   * @throws BadInput the idle time is longer than the session
   */
  ask(actor: Actor, { role, idleMinutes, absoluteMinutes }: LimitsOfRole, purpose: string): Promise<ToldRequest> {
    if (idleMinutes > absoluteMinutes) throw new BadInput(IDLE_TOO_LONG);
    const limits = { role, idleMinutes, absoluteMinutes };
    return this.agreements.ask(actor, AgreementKind.SESSION_LIMITS, limits, purpose);
  }
}

async function set(tx: Tx, { role, ...limits }: LimitsOfRole): Promise<AgreementDetail[]> {
  await tx.upsert(SessionLimitsOfRole, [{ id: role, ...limits } as SessionLimitsOfRole], ['id']);
  tx.emit(SessionLimitsSet, { role, ...limits });
  return [
    { name: Detail.ROLE, value: role },
    { name: Detail.IDLE_MINUTES, value: String(limits.idleMinutes) },
    { name: Detail.ABSOLUTE_MINUTES, value: String(limits.absoluteMinutes) },
  ];
}

const IDLE_TOO_LONG = {
  field: 'input.idleMinutes',
  messageFa: 'زمان بیکاری نباید از کل زمان نشست بیشتر باشد.',
  messageEn: 'The idle time must not be longer than the session.',
};
