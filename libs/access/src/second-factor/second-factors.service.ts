import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import { IsNull } from 'typeorm';
import { Clock, conditions, Database, Keys, type Reads, Refused, type Tx } from '@app/platform';
import { OwnPassword } from '../account/own-password.js';
import { RoleGrant, UserAccount } from '../account/user-account.entity.js';
import { type RoleInBounds, SignInRefusal } from '../access.rules.js';
import { isInNetworks } from './networks.js';
import { Authenticator, OneTimeCode, SecondFactorRule } from './second-factor.entity.js';
import { AuthenticatorBegun, AuthenticatorConfirmed, CodeSheetDrawn } from './second-factor.events.js';
import {
  ASKED_FOR_A_FACTOR,
  codeForm,
  CODES_A_SHEET,
  factorDueAt,
  type FactorState,
  placeOf,
  placesUpFrom,
} from './second-factor.rules.js';

/** What one has set up, and by when one must. */
interface OwnSecondFactor {
  authenticator: boolean;
  codesLeft: number;
  dueAt: Date | null;
}

const STEP_SECONDS = 30;
/** Codes of the step before and of the next one are taken too: clocks of telephones go wrong. */
const WINDOW = 1;
/** Without letters that are mistaken for digits. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 8;

/** The second factor of one's own account: an authenticator and printed codes. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly password: OwnPassword,
  ) {}

  /** What the person has set up, and by when an office wants it. */
  own({ userId }: { userId: string }): Promise<OwnSecondFactor> {
    return this.db.read(async (tx) => {
      const { createdAt, graceFrom } = await tx.get(UserAccount, { id: userId });
      const grants = await tx.find(RoleGrant, { userId });
      const has = await hasFactor(tx, userId);
      const state = await factorState(tx, { grants, has, graceFrom: graceFrom ?? createdAt }, '');
      return {
        authenticator: Boolean((await tx.repo(Authenticator).findOneBy({ id: userId }))?.secret),
        codesLeft: await tx.repo(OneTimeCode).countBy({ userId, usedAt: IsNull() }),
        dueAt: factorDueAt(state),
      };
    });
  }

  /**
   * Makes the secret of a new authenticator. The one before stays until a code of the new one was typed.
   *
   * @throws Refused  the password is wrong (a `SignInRefusal`)
   */
  begin(user: { userId: string }, address: string, password: string): Promise<{ secret: string; uri: string }> {
    return this.password.confirmed(user, address, password, async (tx, { id, userName }) => {
      const pendingSecret = new Secret({ size: 20 }).base32;
      const changedAt = this.clock.now();
      // By its id, because a personal column is sealed for its row.
      const known = await tx.update(Authenticator, { id }, { pendingSecret, changedAt });
      if (known === 0) await tx.insert(Authenticator, { id, secret: null, pendingSecret, lastStep: null, changedAt });
      tx.emit(AuthenticatorBegun, { userId: id });
      return { secret: pendingSecret, uri: totp(pendingSecret, userName).toString() };
    });
  }

  /**
   * Takes the new authenticator into use with its first code.
   *
   * @throws Refused  `WRONG_CODE`: nothing was begun, or the code is not of it
   */
  confirm({ userId }: { userId: string }, typed: string): Promise<boolean> {
    return this.db.write({ userId }, async (tx) => {
      const now = this.clock.now();
      const standing = await tx.repo(Authenticator).findOneBy({ id: userId });
      const lastStep = standing?.pendingSecret ? stepOf(standing.pendingSecret, codeForm(typed), now) : null;
      if (!standing?.pendingSecret || lastStep === null)
        throw new Refused(SignInRefusal.WRONG_CODE, { retryAfterSeconds: 0 });
      const { pendingSecret: secret } = standing;
      await tx.update(Authenticator, { id: userId }, { secret, pendingSecret: null, lastStep, changedAt: now });
      tx.emit(AuthenticatorConfirmed, { userId });
      return true;
    });
  }

  /**
   * Makes a new sheet of codes; the sheet before ends. They are told once.
   *
   * @throws Refused  the password is wrong (a `SignInRefusal`)
   */
  newSheet(
    user: { userId: string },
    address: string,
    password: string,
  ): Promise<{ codes: string[]; userName: string; displayName: string; drawnAt: Date }> {
    return this.password.confirmed(user, address, password, async (tx, { id: userId, userName, displayName }) => {
      const codes = Array.from({ length: CODES_A_SHEET }, newCode);
      const createdAt = this.clock.now();
      await tx.remove(OneTimeCode, { userId });
      await tx.insertAll(
        OneTimeCode,
        codes.map((code) => ({
          userId,
          digest: this.keys.blindIndex(...digested(userId, code)),
          createdAt,
          usedAt: null,
        })),
      );
      tx.emit(CodeSheetDrawn, { userId });
      const shown = codes.map((code) => `${code.slice(0, 4)}-${code.slice(4)}`);
      return { codes: shown, userName, displayName, drawnAt: createdAt };
    });
  }

  /** Uses up a code of the authenticator or of the sheet. False: it is wrong, too old, or was used before. */
  async use(tx: Tx, userId: string, typed: string): Promise<boolean> {
    const now = this.clock.now();
    const code = codeForm(typed);
    const { secret = null } = (await tx.repo(Authenticator).findOneBy({ id: userId })) ?? {};
    const step = secret === null ? null : stepOf(secret, code, now);
    if (step !== null) {
      // Of two who have seen the same code the first one comes in.
      const advanced = await tx.execute(
        'UPDATE authenticator SET lastStep = ? WHERE id = ? AND (lastStep IS NULL OR lastStep < ?)',
        [step, userId, step],
      );
      return advanced === 1;
    }
    const { sql, values } = conditions('one_time_code', {
      userId,
      digest: this.keys.blindIndexes(...digested(userId, code)),
      usedAt: null,
    });
    const used = await tx.execute(`UPDATE one_time_code SET usedAt = ? WHERE ${sql}`, [now, ...values]);
    return used === 1;
  }
}

const totp = (secret: string, label: string) =>
  new TOTP({ issuer: 'Maharat', label, secret: Secret.fromBase32(secret), period: STEP_SECONDS });

/** The step a code belongs to, or null when it is of none that is near. */
function stepOf(secret: string, token: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = /^\d{6}$/.test(token) ? totp(secret, '').validate({ token, timestamp, window: WINDOW }) : null;
  return delta === null ? null : Math.floor(timestamp / 1000 / STEP_SECONDS) + delta;
}

const newCode = (): string => Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** Of what the digest of a printed code is made. Nothing gives the code again: its digest keeps the index key it has. */
const digested = (userId: string, code: string) => ['one-time code', `${userId}\n${code}`] as const;

/** How many codes a person could show, in a statement: an authenticator in use, and the printed ones that are left. */
export const heldBy = (userId: string): string =>
  `(SELECT COUNT(*) FROM authenticator f WHERE f.id = ${userId} AND f.secret IS NOT NULL)
   + (SELECT COUNT(*) FROM one_time_code c WHERE c.userId = ${userId} AND c.usedAt IS NULL)`;

/** Whether the person has a code to show. */
export async function hasFactor(tx: Reads, userId: string): Promise<boolean> {
  const [counted] = await tx.query<{ held: number }>(`SELECT ${heldBy('?')} AS held`, [userId, userId]);
  return Number(counted?.held) > 0;
}

/** What an account brings to the question. */
interface FactorFacts {
  grants: RoleInBounds[];
  has: boolean;
  graceFrom: Date;
}

/** What is asked of an account's second factor, for a caller at this address. */
export async function factorState(
  tx: Reads,
  { grants, has, graceFrom }: FactorFacts,
  address: string,
): Promise<FactorState> {
  const places = grants.filter(({ role }) => ASKED_FOR_A_FACTOR.includes(role)).map(placeOf);
  const rules = places.length > 0 ? await tx.find(SecondFactorRule, { id: places.flatMap(placesUpFrom) }) : [];
  const asked = rules.flatMap(({ required, requiredSince }) => (required && requiredSince ? [requiredSince] : []));
  return {
    requiredSince: asked.length > 0 ? new Date(Math.min(...asked.map((since) => since.getTime()))) : null,
    // Only the own office's networks: those of an office above are other rooms.
    inOwnNetwork: isInNetworks(
      address,
      rules.filter(({ id }) => places.includes(id)).flatMap((rule) => rule.networks),
    ),
    has,
    graceFrom,
  };
}
