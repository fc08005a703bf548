import { randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { mobile, toAsciiDigits } from '@app/persian';
import { MessageKind, Messages, mobileIndexes, PASSWORD_MINUTES } from '@app/messaging';
import {
  asInstant,
  BadInput,
  Clock,
  type Conditions,
  conditions,
  Database,
  Keys,
  newId,
  NOBODY,
  RateWindow,
  Refused,
  Settings,
  TooMany,
  type Tx,
} from '@app/platform';
import { callerNetwork } from '../access.rules.js';
import { UserSignedIn } from '../session/session.events.js';
import { openSession, type StandingSession } from '../session/sessions.service.js';
import { hold } from '../session/tries.js';
import { newToken, tokenHash } from '../token.js';
import { graduateGrant } from './graduate-accounts.service.js';
import {
  BirthDateFailed,
  OneTimePasswordAsked,
  OneTimePasswordFailed,
  OneTimePasswordPassed,
} from './graduate.events.js';
import {
  ASKS_A_NUMBER,
  BIRTH_DATE_TRIES,
  chosen,
  DAY,
  FAILURES_WITHIN,
  GraduateSignInRefusal as Refusal,
  HOUR,
  mayBeTyped,
  mayGoOn,
  secondsToNextAsk,
  TRIES_A_PASSWORD,
} from './graduate.rules.js';
import { Graduates } from './graduates.js';
import { GraduateNumber, OneTimePassword } from './one-time-password.entity.js';

/** What is kept although the call is refused: the refusal is thrown after the commit. */
type Outcome<R> = { done: R } | { reason: Refusal; triesLeft: number | null };

const refused = (reason: Refusal, triesLeft: number | null = null): Outcome<never> => ({ reason, triesLeft });

/**
 * Sign-in of trainees and graduates: a one-time password to the mobile number, then the birth date. Every step takes the
 * same statements, rows, events and jobs whether anybody has the number or not. The row of the number is held in each, so
 * that of many at once every one counts.
 */
@Injectable()
export class GraduateSignIn {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly settings: Settings,
    private readonly messages: Messages,
    private readonly graduates: Graduates,
  ) {
    // Nobody pays for messages to numbers that nobody has, and nobody is annoyed by them.
    const isKnown = async (...asked: Parameters<Graduates['at']>) => (await this.graduates.at(...asked)).length > 0;
    messages.onlyTo(MessageKind.ONE_TIME_PASSWORD, isKnown);
  }

  /**
   * Sends a one-time password to a number; those that were asked for before have ended.
   *
   * @returns what the browser that asks keeps
   * @throws BadInput  it is no mobile number
   * @throws Refused   `ASKED_TOO_OFTEN`, with the seconds to wait; nothing is written
   * @throws TooMany   too many from this address, or for all numbers together
   */
  ask({ mobile: typed }: { mobile: string }, address: string): Promise<{ token: string }> {
    const number = mobile(typed);
    if (!number.ok) throw new BadInput(NOT_A_MOBILE);
    const indexes = mobileIndexes(this.keys, number.national);
    const addressKey = this.keys.blindIndex('address', callerNetwork(address));
    const password = String(randomInt(1_000_000)).padStart(6, '0');
    const token = newToken();
    return this.db.write(
      NOBODY,
      async (tx) => {
        const now = this.clock.now();
        const { id: index } = await holdNumber(tx, indexes);
        await hold(tx, now, addressKey);
        await this.assertMayAsk(tx, indexes, addressKey, now);
        const earlier = conditions('one_time_password', { mobileIndex: indexes, endedAt: null });
        await tx.execute(`UPDATE one_time_password SET endedAt = ? WHERE ${earlier.sql}`, [now, ...earlier.values]);
        const id = newId();
        await tx.insert(OneTimePassword, {
          ...{ id, mobile: number.national, mobileIndex: index, browserHash: tokenHash(token), addressKey },
          passwordDigest: this.keys.blindIndex(...digested(id, password)),
          ...{ tries: 0, createdAt: now, passedAt: null, endedAt: null },
          expiresAt: new Date(now.getTime() + PASSWORD_MINUTES * 60_000),
        });
        const parameters = { code: password };
        await this.messages.queue(tx, { kind: MessageKind.ONE_TIME_PASSWORD, to: number.national, parameters });
        tx.emit(OneTimePasswordAsked, { passwordId: id });
        this.count(tx, 'one-time passwords asked', HOUR, now);
        return { token };
      },
      { secret: true },
    );
  }

  /**
   * Takes a one-time password in the browser that asked for it.
   *
   * @returns what the browser keeps from now on
   * @throws Refused  `WRONG_PASSWORD` with the tries that are left, or `PASSWORD_ENDED`; a wrong one is counted
   * @throws TooMany  so many wrong ones came from everywhere that none is looked at for some minutes
   */
  enter(browser: string | null, password: string): Promise<{ token: string }> {
    const typed = toAsciiDigits(password).replace(/\D/g, '');
    const token = newToken();
    return this.step(async (tx) => {
      const now = this.clock.now();
      const most = this.settings.WRONG_PASSWORDS_IN_TEN_MINUTES;
      await this.assertBelow(tx, 'one-time passwords failed', FAILURES_WITHIN, most, now);
      const asked = await this.held(tx, browser);
      if (!asked || !mayBeTyped(asked.row, now)) return refused(Refusal.PASSWORD_ENDED);
      const { id, passwordDigest, tries } = asked.row;
      if (!this.keys.blindIndexes(...digested(id, typed)).some((digest) => same(digest, passwordDigest))) {
        await tx.update(OneTimePassword, { id }, { tries: tries + 1 });
        tx.emit(OneTimePasswordFailed, { passwordId: id });
        this.count(tx, 'one-time passwords failed', FAILURES_WITHIN, now);
        return refused(Refusal.WRONG_PASSWORD, TRIES_A_PASSWORD - tries - 1);
      }
      // Whoever has seen what the browser kept before this step has nothing after it.
      await tx.update(OneTimePassword, { id }, { passedAt: now, browserHash: tokenHash(token) });
      tx.emit(OneTimePasswordPassed, { passwordId: id });
      return { done: { token } };
    });
  }

  /**
   * Begins the session of the one person of the number who has this birth date.
   *
   * @throws Refused  a `GraduateSignInRefusal`; a wrong birth date is counted, with the fifth the number is shut
   */
  enterBirthDate(
    browser: string | null,
    { birthDay, nationalIdEnd }: { birthDay: string; nationalIdEnd?: string | null },
  ): Promise<{ token: string; session: StandingSession }> {
    const end = toAsciiDigits(nationalIdEnd ?? '').replace(/\D/g, '') || null;
    return this.step(async (tx) => {
      const now = this.clock.now();
      const asked = await this.held(tx, browser);
      if (!asked || !mayGoOn(asked.row, now)) return refused(Refusal.PASSWORD_ENDED);
      const { row, number, indexes } = asked;
      if (number.shutAt) return refused(Refusal.SHUT);
      const person = chosen(await this.graduates.at(tx, indexes), birthDay, end);
      if (person === Refusal.NATIONAL_ID_NEEDED) return refused(person);
      if (typeof person === 'string') {
        const wrongBirthDates = number.wrongBirthDates + 1;
        const shut = wrongBirthDates >= BIRTH_DATE_TRIES;
        await tx.update(GraduateNumber, { id: number.id }, { wrongBirthDates, shutAt: shut ? now : null });
        tx.emit(BirthDateFailed, { passwordId: row.id, shut });
        return shut ? refused(Refusal.SHUT) : refused(person, BIRTH_DATE_TRIES - wrongBirthDates);
      }
      await tx.update(GraduateNumber, { id: number.id }, { wrongBirthDates: 0 });
      await tx.update(OneTimePassword, { id: row.id }, { endedAt: now });
      const { account, grant } = await graduateGrant(tx, person.traineeId, now);
      tx.emit(UserSignedIn, { userId: account.userId, grantId: grant.id });
      return { done: await openSession(tx, account, grant, now) };
    });
  }

  /** Runs a unit whose refusal is thrown after its commit. */
  private async step<R>(work: (tx: Tx) => Promise<Outcome<R>>): Promise<R> {
    const outcome = await this.db.write(NOBODY, work, { secret: true });
    if ('done' in outcome) return outcome.done;
    throw new Refused(outcome.reason, { triesLeft: outcome.triesLeft });
  }

  /** What this browser has asked for, its number held until the commit. */
  private async held(tx: Tx, browser: string | null): Promise<Held | null> {
    const browserHash = tokenHash(browser ?? '');
    const [found] = await tx.find(OneTimePassword, { browserHash });
    if (!found) return null;
    const indexes = found.mobile === null ? [found.mobileIndex] : mobileIndexes(this.keys, found.mobile);
    const number = await holdNumber(tx, indexes);
    // As it is now that nobody else is at it.
    const [row] = await tx.find(OneTimePassword, { id: found.id, browserHash });
    return row ? { row, number, indexes } : null;
  }

  private async assertMayAsk(tx: Tx, indexes: string[], addressKey: string, now: Date): Promise<void> {
    const { ONE_TIME_PASSWORDS_AN_HOUR: ofAll, ONE_TIME_PASSWORDS_PER_ADDRESS: most } = this.settings;
    await this.assertBelow(tx, 'one-time passwords asked', HOUR, ofAll, now);
    const asked = async (of: Conditions, within: number) => {
      const since = new Date(now.getTime() - within);
      const { sql, values } = conditions('p', of);
      const rows = await tx.query<{ createdAt: unknown }>(
        `SELECT p.createdAt FROM one_time_password p WHERE ${sql} AND p.createdAt > ?`,
        [...values, since],
      );
      return rows.map(({ createdAt }) => asInstant(createdAt));
    };
    const fromAddress = await asked({ addressKey }, HOUR);
    const ofAddress = secondsToNextAsk(fromAddress, [{ most, within: HOUR }], now);
    if (ofAddress > 0) throw new TooMany(ofAddress);
    const retryAfterSeconds = secondsToNextAsk(await asked({ mobileIndex: indexes }, DAY), ASKS_A_NUMBER, now);
    if (retryAfterSeconds > 0) throw new Refused(Refusal.ASKED_TOO_OFTEN, { retryAfterSeconds });
  }

  /** O3. @throws TooMany as many as may be have been counted in this window, by all processes */
  private async assertBelow(tx: Tx, what: string, within: number, most: number, now: Date): Promise<void> {
    const { id, endsAt } = this.windowOf(what, within, now);
    const [window] = await tx.find(RateWindow, { id });
    if (window && window.taken >= most) throw new TooMany(Math.ceil((endsAt.getTime() - now.getTime()) / 1000));
  }

  /** Counts one in the window, at the end of the unit: it is one row for everybody. */
  private count(tx: Tx, what: string, within: number, now: Date): void {
    const { id, endsAt } = this.windowOf(what, within, now);
    tx.lastly(() =>
      tx.execute(
        `INSERT INTO rate_window (id, taken, endsAt) VALUES (?, 1, ?)
         ${tx.dialect.onConflict(['id'], ['taken = rate_window.taken + 1'])}`,
        [id, endsAt],
      ),
    );
  }

  /** Under the index key of now: when it turns, the window is counted anew. */
  private windowOf(what: string, within: number, now: Date): { id: string; endsAt: Date } {
    const endsMs = (Math.floor(now.getTime() / within) + 1) * within;
    return { id: this.keys.blindIndex('rate', `${what}\n${endsMs}`), endsAt: new Date(endsMs) };
  }
}

/** Of what the digest of a password is made. It is asked for under one index key and may be typed under the next. */
const digested = (id: string, password: string) => ['one-time password', `${id}\n${password}`] as const;

interface Held {
  row: OneTimePassword;
  number: GraduateNumber;
  /** The digests that the number may stand under. */
  indexes: string[];
}

/**
 * Holds the row of a number until the commit, of a new one too. What was counted under an older index key goes with it,
 * whether anybody has the number or not.
 */
async function holdNumber(tx: Tx, [id = '', ...older]: readonly string[]): Promise<GraduateNumber> {
  for (const before of older) {
    const known = await tx.repo(GraduateNumber).findOneBy({ id: before });
    if (!known) continue;
    await tx.insertMissing(GraduateNumber, [{ ...known, id }]);
    await tx.remove(GraduateNumber, { id: before });
  }
  await tx.execute(
    `INSERT INTO graduate_number (id, wrongBirthDates, shutAt) VALUES (?, 0, NULL)
     ${tx.dialect.onConflict(['id'], ['wrongBirthDates = graduate_number.wrongBirthDates'])}`,
    [id],
  );
  return tx.lock(GraduateNumber, { id });
}

/** Whether two digests are equal, in the same time whether they begin alike or not. */
const same = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));

const NOT_A_MOBILE = {
  field: 'input.mobile',
  messageFa: 'شمارهٔ تلفن همراه را کامل بنویسید، مانند ۰۹۱۲۳۴۵۶۷۸۹.',
  messageEn: 'Write the whole mobile number, such as 09123456789.',
};
