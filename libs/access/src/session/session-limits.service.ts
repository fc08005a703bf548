import { Injectable } from '@nestjs/common';
import { BadInput, Database } from '@app/platform';
import { type SessionLimits, WORKING_DAY } from '../access.rules.js';
import { type Actor, Role } from '../actor.rules.js';
import { SessionLimitsSet } from './session.events.js';
import { SessionLimitsOfRole } from './sign-in-session.entity.js';

/** How long sessions of each role last: the table of settings. */
@Injectable()
export class SessionLimitsService {
  constructor(private readonly db: Database) {}

  /** One for each role, also where nobody has set any. */
  async all(): Promise<({ role: Role } & SessionLimits)[]> {
    const set = await this.db.read((tx) => tx.repo(SessionLimitsOfRole).find());
    return Object.values(Role).map((role) => {
      const { idleMinutes, absoluteMinutes } = set.find(({ id }) => id === role) ?? WORKING_DAY;
      return { role, idleMinutes, absoluteMinutes };
    });
  }

  /**
   * Sets those of a role. The idle time counts at once; the end of a session that stands stays where it is.
   *
   * @throws BadInput the idle time is longer than the session
   */
  set(actor: Actor, { role, ...limits }: { role: Role } & SessionLimits): Promise<{ role: Role } & SessionLimits> {
    if (limits.idleMinutes > limits.absoluteMinutes) throw new BadInput(IDLE_TOO_LONG);
    return this.db.write(actor, async (tx) => {
      const row = { id: role, ...limits };
      await tx.upsert(SessionLimitsOfRole, [row], ['id']);
      tx.emit(SessionLimitsSet, { role, ...limits });
      return { role, ...limits };
    });
  }
}

const IDLE_TOO_LONG = {
  field: 'input.idleMinutes',
  messageFa: 'زمان بیکاری نباید از کل زمان نشست بیشتر باشد.',
  messageEn: 'The idle time must not be longer than the session.',
};
