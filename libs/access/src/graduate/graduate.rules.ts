/** O1: a one-time password is taken five times at most, in the browser that asked, before it has ended. */
export const TRIES_A_PASSWORD = 5;
/** O1: how long a right one opens the step after it. */
export const BIRTH_DATE_MINUTES = 10;
/** O4: wrong birth dates in a row after which only an office opens a number again. */
export const BIRTH_DATE_TRIES = 5;

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** O2: how often one may be asked for at a number. */
export const ASKS_A_NUMBER = [
  { most: 3, within: 15 * MINUTE },
  { most: 10, within: DAY },
] as const;
/** O3: the window in which wrong ones of all numbers together are counted. */
export const FAILURES_WITHIN = 10 * MINUTE;

export enum GraduateSignInRefusal {
  /** Too many were asked for this number: wait. */
  ASKED_TOO_OFTEN = 'ASKED_TOO_OFTEN',
  WRONG_PASSWORD = 'WRONG_PASSWORD',
  /** It was used, is too old, was tried too often, a newer one was asked for, or it is of another browser. */
  PASSWORD_ENDED = 'PASSWORD_ENDED',
  WRONG_BIRTH_DATE = 'WRONG_BIRTH_DATE',
  /** Two of this number have this birth date: the last four digits of the national ID must come with it. */
  NATIONAL_ID_NEEDED = 'NATIONAL_ID_NEEDED',
  /** Too many wrong birth dates: the office opens it. */
  SHUT = 'SHUT',
}

/** One that was asked for, as far as its time says. */
interface Password {
  tries: number;
  expiresAt: Date;
  /** When it was typed right. */
  passedAt: Date | null;
  endedAt: Date | null;
}

/** O1: whether it may still be typed. */
export const mayBeTyped = (password: Password, now: Date): boolean =>
  password.endedAt === null &&
  password.passedAt === null &&
  now < password.expiresAt &&
  password.tries < TRIES_A_PASSWORD;

/** O1: whether it was typed right and the birth date may follow. */
export const mayGoOn = ({ endedAt, passedAt }: Password, now: Date): boolean =>
  endedAt === null && passedAt !== null && now.getTime() - passedAt.getTime() < BIRTH_DATE_MINUTES * MINUTE;

/** O2: whole seconds until one more may be asked for; 0 when it may be now. @param asked when each of the last day was */
export function secondsToNextAsk(
  asked: readonly Date[],
  limits: readonly { most: number; within: number }[],
  now: Date,
) {
  const waits = limits.map(({ most, within }) => {
    const counted = asked.map((at) => at.getTime() + within - now.getTime()).filter((left) => left > 0);
    // The oldest ones leave first: as many as are one too many must have left.
    return counted.length < most ? 0 : (counted.sort((a, b) => a - b)[counted.length - most] ?? 0);
  });
  return Math.ceil(Math.max(0, ...waits) / 1000);
}

/** Somebody whose number it is. */
export interface PersonAtNumber {
  traineeId: string;
  /** `YYYY-MM-DD`, Gregorian; null when nobody has written it down: then an office must, before this person comes in. */
  birthDay: string | null;
  /** The last four digits. */
  nationalIdEnd: string;
}

/** O5: who comes in: the one person of this birth date, among several of it the one with these last digits. */
export function chosen<P extends PersonAtNumber>(
  people: readonly P[],
  birthDay: string,
  nationalIdEnd: string | null,
): P | GraduateSignInRefusal {
  const born = people.filter((person) => person.birthDay === birthDay);
  if (born.length > 1 && nationalIdEnd === null) return GraduateSignInRefusal.NATIONAL_ID_NEEDED;
  const [only, ...others] = born.length > 1 ? born.filter((person) => person.nationalIdEnd === nationalIdEnd) : born;
  return only && others.length === 0 ? only : GraduateSignInRefusal.WRONG_BIRTH_DATE;
}
