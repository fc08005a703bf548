import { Injectable } from '@nestjs/common';
import type { Actor, Role } from '@app/access';
import {
  asInstant,
  Clock,
  conditions,
  cursorKey,
  Database,
  newId,
  NotFound,
  type Page,
  type PageArgs,
  pageOf,
  Refused,
  Settings,
  type Tx,
} from '@app/platform';
import { runsSeenBy } from '../course-run/course-run.policy.js';
import { Trainee } from '../trainee/trainee.entity.js';
import { Reveal, RevealCounter } from './reveal.entity.js';
import { PersonRevealed } from './reveal.events.js';
import { type LookAtMe, type RevealedPerson, type RevealPersonInput, RevealRefusal } from './reveal.graphql.js';

type Subject = Extract<Actor, { role: Role.GRADUATE }>;
interface LookRow {
  id: string;
  revealedAt: unknown;
  displayName: string;
  role: Role;
  purpose: string;
}

@Injectable()
export class RevealService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /**
   * P2: shows what lists mask of one person, for a reason, and puts it on record for the audit trail and the person. The
   * answer is not kept under the call's key.
   *
   * @throws NotFound the enrolment is not in a run the actor sees
   * @throws Refused  `QUOTA_USED_UP`; nothing is written
   */
  reveal(actor: Actor, { enrolmentId, purpose }: RevealPersonInput): Promise<RevealedPerson> {
    return this.db.write(
      actor,
      async (tx) => {
        // One statement whether the enrolment is another's or never was.
        const seen = conditions('r', runsSeenBy(actor));
        const [enrolment] = await tx.query<{ traineeId: string }>(
          `SELECT e.traineeId FROM enrolment e JOIN course_run r ON r.id = e.runId WHERE e.id = ? AND ${seen.sql}`,
          [enrolmentId, ...seen.values],
        );
        if (!enrolment) throw new NotFound();
        const { traineeId } = enrolment;
        const left = await this.countOne(tx, actor.userId);
        const { nationalId, fatherName, mobile } = await tx.get(Trainee, { id: traineeId });
        const id = newId();
        const { userId, role } = actor;
        await tx.insert(Reveal, { id, traineeId, userId, role, purpose, revealedAt: this.clock.now() });
        tx.emit(PersonRevealed, { revealId: id, traineeId, enrolmentId });
        return { enrolmentId, nationalId, fatherName, mobile, left };
      },
      { secret: true },
    );
  }

  /** Who has looked at the caller's own data, the latest first. */
  async looksAt({ traineeId }: Subject, { first, after }: PageArgs): Promise<Page<LookAtMe>> {
    const [before] = cursorKey(after, 1) ?? [];
    const rows = await this.db.read(async (tx) => {
      const found = await tx.query<LookRow>(
        `SELECT v.id, v.revealedAt, v.role, v.purpose, u.displayName FROM reveal v JOIN user_account u ON u.id = v.userId
         WHERE v.traineeId = ? ${before ? 'AND v.id < ?' : ''} ORDER BY v.id DESC LIMIT ${first + 1}`,
        [traineeId, ...(before ? [before] : [])],
      );
      return found.map((row) => {
        const { id, displayName, role, purpose } = tx.reveal(Reveal, row.id, row);
        return { id, displayName, role, purpose, lookedAt: asInstant(row.revealedAt) };
      });
    });
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Takes one of the day's reveals, and tells how many are left. The row is held, so that many at once cannot take more. */
  private async countOne(tx: Tx, userId: string): Promise<number> {
    const most = this.settings.REVEALS_A_DAY;
    const day = this.clock.today();
    await tx.execute(`${tx.dialect.insertIgnore} INTO reveal_counter (userId, day, used) VALUES (?, ?, 0)`, [
      userId,
      day,
    ]);
    const taken = await tx.execute(
      'UPDATE reveal_counter SET used = used + 1 WHERE userId = ? AND day = ? AND used < ?',
      [userId, day, most],
    );
    if (taken === 0) throw new Refused(RevealRefusal.QUOTA_USED_UP);
    const { used } = await tx.get(RevealCounter, { userId, day });
    return most - used;
  }
}
