import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { type Actor, Role } from '@app/access';
import { readSpokenCode, SPOKEN_CODE_BYTES, spokenCode } from '@app/persian';
import { conditions, Database, Keys, NotFound, type Reads, Refused, type Tx } from '@app/platform';
import { CourseRun } from '../course-run/course-run.entity.js';
import { type RunBounds, runsFor, runsSeenBy } from '../course-run/course-run.policy.js';
import { CourseRunAction } from '../course-run/course-run.rules.js';
import { Enrolment } from '../enrolment/enrolment.entity.js';
import { SeatSettled, SeatTokenGiven, SeatTokenTakenBack } from './seat.events.js';
import type { SeatTokenInput, SettleSeatInput } from './seat.graphql.js';
import { SeatRefusal, refuseSettling, refuseToken } from './seat.rules.js';
import { SeatToken } from './seat-token.entity.js';

type Officer = Extract<Actor, { role: Role.COUNTY_OFFICER }>;

/**
 * The one way a seat is settled: a token is given outside the institute, and handed in there. Who gives it, and for
 * what, is not here: the office gives it to who has paid, and whoever else gives tokens takes the same `give`.
 */
@Injectable()
export class SeatTokens {
  constructor(
    private readonly db: Database,
    private readonly keys: Keys,
  ) {}

  /**
   * A new token of a run, for the unit of who gives it.
   *
   * @param bounds the runs the giver may give tokens of
   * @returns the code, which is told once and kept nowhere, and the id by which the token is taken back
   * @throws NotFound no such run within the bounds
   * @throws Refused  `RUN_OVER`
   */
  async give(
    tx: Tx,
    bounds: RunBounds | { provinceCode: string },
    runId: string,
  ): Promise<{ code: string; id: string }> {
    const run = await tx.get(CourseRun, { id: runId, ...bounds });
    const refusal = refuseToken(run);
    if (refusal) throw new Refused(refusal);
    const code = spokenCode(randomBytes(SPOKEN_CODE_BYTES));
    const id = this.keys.blindIndex('seat token', code);
    await tx.insert(SeatToken, { id, runId });
    return { code, id };
  }

  /** Whether there was something to take back: a token that was used is gone. */
  async takeBack(tx: Tx, id: string): Promise<boolean> {
    return (await tx.remove(SeatToken, { id })) > 0;
  }

  /**
   * Gives a token to someone who has paid for a seat.
   *
   * @throws NotFound the run is not the office's
   * @throws Refused  `RUN_OVER`
   */
  giveByOffice(officer: Officer, runId: string): Promise<{ runId: string; code: string }> {
    const work = async (tx: Tx) => {
      const { code } = await this.give(tx, runsSeenBy(officer), runId);
      tx.emit(SeatTokenGiven, {});
      return { runId, code };
    };
    return this.db.write(officer, work, { secret: true });
  }

  /**
   * Takes a token back that was lost, or whose money was paid back.
   *
   * @throws Refused `TOKEN_UNKNOWN`: also when it was used, or is none of the office's
   */
  takeBackByOffice(officer: Officer, { code }: SeatTokenInput): Promise<boolean> {
    return this.db.write(officer, async (tx) => {
      const { id, runId } = await this.known(tx, code);
      await tx.get(CourseRun, { id: runId, ...runsSeenBy(officer) }).catch(unknownToken);
      if (!(await this.takeBack(tx, id))) throw new Refused(SeatRefusal.TOKEN_UNKNOWN);
      tx.emit(SeatTokenTakenBack, {});
      return true;
    });
  }

  /**
   * Settles a seat with a token. The same statements for every seat.
   *
   * @throws NotFound the enrolment is not in a run the actor enrols into
   * @throws Refused  a rule says no (a `SeatRefusal`); nothing is written
   */
  settle(actor: Actor, { enrolmentId, code }: SettleSeatInput): Promise<Enrolment> {
    return this.db.write(actor, async (tx) => {
      // One statement whether the enrolment is another's or never was.
      const own = conditions('r', runsFor(actor, CourseRunAction.ENROL));
      const [run] = await tx.query<Pick<CourseRun, 'id' | 'status'>>(
        `SELECT r.id, r.status FROM enrolment e JOIN course_run r ON r.id = e.runId WHERE e.id = ? AND ${own.sql}`,
        [enrolmentId, ...own.values],
      );
      if (!run) throw new NotFound();
      const enrolment = await tx.lock(Enrolment, { id: enrolmentId });
      const refusal = refuseSettling(run, enrolment);
      if (refusal) throw new Refused(refusal);
      const token = await this.known(tx, code);
      if (token.runId !== run.id || !(await this.takeBack(tx, token.id))) throw new Refused(SeatRefusal.TOKEN_UNKNOWN);
      await tx.update(Enrolment, { id: enrolmentId }, { settled: true });
      tx.emit(SeatSettled, { runId: run.id, enrolmentId });
      return { ...enrolment, settled: true };
    });
  }

  private async known(tx: Reads, typed: string): Promise<SeatToken> {
    const code = readSpokenCode(typed);
    if (!code) throw new Refused(SeatRefusal.TOKEN_UNKNOWN);
    return tx.get(SeatToken, { id: In(this.keys.blindIndexes('seat token', code)) }).catch(unknownToken);
  }
}

function unknownToken(error: unknown): never {
  throw error instanceof NotFound ? new Refused(SeatRefusal.TOKEN_UNKNOWN) : error;
}
