import { minutesInTehran, toPersianDigits } from '@app/persian';

/** What a message is about. One text a kind, whoever it is for. */
export enum MessageKind {
  ONE_TIME_PASSWORD = 'ONE_TIME_PASSWORD',
  /** To the number that a person leaves. */
  MOBILE_LEFT = 'MOBILE_LEFT',
  /** To the number that a person comes to. */
  MOBILE_TAKEN = 'MOBILE_TAKEN',
}

export enum MessageChannel {
  SMS = 'SMS',
  EMAIL = 'EMAIL',
}

export enum MessageState {
  QUEUED = 'QUEUED',
  SENT = 'SENT', // the provider has taken it
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED', // the provider will never bring it
  EXPIRED = 'EXPIRED', // its time was over, or nobody was to have it
}

/** M3: the states from which a message goes on. */
export const UNDER_WAY: readonly MessageState[] = [MessageState.QUEUED, MessageState.SENT];

/** What fills the places of a text. */
export type MessageParameters = Record<string, string>;

interface KindRules {
  channel: MessageChannel;
  /** It is of no use after so long. */
  lastsMinutes: number;
  /** Someone is waiting for it, so it also goes at night. */
  atNight: boolean;
  text(parameters: MessageParameters): string;
}

export const PASSWORD_MINUTES = 3;
const DAYS = 24 * 60;

/** M1, M2: all kinds. No text says who, which course or which programme; the sender is one for all. */
export const kinds: Record<MessageKind, KindRules> = {
  [MessageKind.ONE_TIME_PASSWORD]: {
    channel: MessageChannel.SMS,
    lastsMinutes: PASSWORD_MINUTES,
    atNight: true,
    // The last line is read by the browser, which then fills the code in (WebOTP): it stands in ASCII.
    text: ({ code = '', host = '' }) =>
      `کد ورود: ${toPersianDigits(code)}\nتا ${toPersianDigits(String(PASSWORD_MINUTES))} دقیقه اعتبار دارد. آن را به کسی ندهید.\n\n@${host} #${code}`,
  },
  [MessageKind.MOBILE_LEFT]: {
    channel: MessageChannel.SMS,
    lastsMinutes: 3 * DAYS,
    atNight: false,
    text: ({ day = '', host = '' }) =>
      `از ${day} شمارهٔ دیگری جای این شماره را می‌گیرد. اگر شما نخواسته‌اید، پیش از آن با همین شماره وارد شوید و نپذیرید.\n${host}`,
  },
  [MessageKind.MOBILE_TAKEN]: {
    channel: MessageChannel.SMS,
    lastsMinutes: 3 * DAYS,
    atNight: false,
    text: ({ day = '', host = '' }) =>
      `از ${day} با این شماره وارد می‌شوید. اگر این پیام برای شما نیست، کاری نکنید.\n${host}`,
  },
};

/** M5: the pauses after a try that failed; the last one is repeated. */
const PAUSES_SECONDS = [5, 15, 60, 5 * 60, 15 * 60, 60 * 60];

export const pauseAfter = (attempts: number): number =>
  (PAUSES_SECONDS[Math.min(attempts, PAUSES_SECONDS.length) - 1] ?? 5) * 1000;

/** M6: how long a provider is asked whether a message has arrived. */
const FOLLOWED_HOURS = 24;

/** M6: milliseconds until the provider is asked again what became of a message, each time twice as long; null: no more. */
export function askAgainAfter(sentAt: Date, now: Date): number | null {
  const age = now.getTime() - sentAt.getTime();
  return age > FOLLOWED_HOURS * 3_600_000 ? null : Math.max(30_000, age);
}

/** A part of every day, in minutes since midnight in Iran. It may go over midnight. */
export interface QuietHours {
  from: number;
  until: number;
}

/** `22:00-07:00`; `off` is none. */
export function readQuietHours(text: string): QuietHours | null {
  const [, fromHour, fromMinute, untilHour, untilMinute] = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text) ?? [];
  if (!fromHour) return null;
  return {
    from: Number(fromHour) * 60 + Number(fromMinute),
    until: Number(untilHour) * 60 + Number(untilMinute),
  };
}

/** M4: milliseconds until the quiet hours are over; 0 when it is not quiet. The same for everyone. */
export function quietFor(quiet: QuietHours | null, now: Date): number {
  if (!quiet) return 0;
  const minutes = minutesInTehran(now);
  const { from, until } = quiet;
  const isQuiet = from <= until ? minutes >= from && minutes < until : minutes >= from || minutes < until;
  return isQuiet ? ((until - minutes + DAYS) % DAYS || DAYS) * 60_000 - (now.getTime() % 60_000) : 0;
}

/** M7: whether a text that fills a place could make a line, a header or a hidden turn of its own. */
export const breaksOut = (text: string): boolean => /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text);
