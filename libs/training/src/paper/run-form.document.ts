import { code, date, fa, Form, line, number, type Fact, type Field, type FormHead } from '@app/documents/pure';
import { formatJalali, formatMinutesAsHours, formatTime, isoWeekday, toPersianDigits, weekdayName } from '@app/persian';

export interface RunPaperSession {
  ordinal: number;
  /** `YYYY-MM-DD`, Gregorian. */
  day: string;
  startMinute: number;
  endMinute: number;
}

/** What every paper about a course run says of it. Sessions that were called off are not among them. */
export interface RunPaperModel {
  provincialOfficeName: string;
  officeName: string;
  instituteName: string;
  licenceNumber: string;
  standardTitle: string;
  standardCode: string;
  runNumber: string;
  trainerName: string;
  roomName: string;
  startsOn: string;
  endsOn: string;
  plannedMinutes: number;
  sessions: RunPaperSession[];
  drawnAt: Date;
  watermark: string | null;
  /** Without colours, for a laser printer. */
  grey: boolean;
}

/** A person as the papers of a run name them. They come sorted by their Persian names. */
export interface RunPaperPerson {
  familyName: string;
  givenName: string;
  fatherName: string;
  nationalIdMasked: string;
}

interface RunFormOptions {
  issuers: string[];
  title: string;
  subtitle?: Field | null;
  orientation: 'portrait' | 'landscape';
  facts: Fact[][];
  legend?: Field | null;
  numbered?: boolean;
  registry?: FormHead['registry'];
}

const EMPTY: FormHead['registry'] = { number: null, day: null, attachments: null };

/** A form about a course run. */
export function runForm(model: RunPaperModel, options: RunFormOptions): Form {
  const { issuers, title, subtitle = null, orientation, facts, legend = null, numbered = true } = options;
  return new Form({
    orientation,
    title: `${title}، دورهٔ ${model.runNumber}`,
    drawnAt: model.drawnAt,
    watermark: model.watermark,
    grey: model.grey,
    head: { issuers, title: fa(title), subtitle, registry: options.registry ?? EMPTY },
    facts,
    legend,
    numbered,
  });
}

export const persianCode = (text: string): Field => code(toPersianDigits(text));
export const hours = (minutes: number): Field =>
  number(minutes % 60 ? formatMinutesAsHours(minutes, 'compact') : minutes / 60);
export const dayOf = (day: string): Field => date(formatJalali(day));
export const people = (count: number): Field => line`${number(count)} نفر`;

/** «شنبه، دوشنبه، ۸:۰۰ تا ۱۲:۰۰»: the weekdays of each time, the usual time first. */
export function timesOf(sessions: RunPaperSession[]): Field {
  const days = new Map<string, Set<number>>();
  for (const { day, startMinute, endMinute } of sessions) {
    const time = `${formatTime(startMinute)} تا ${formatTime(endMinute)}`;
    days.set(time, (days.get(time) ?? new Set()).add(isoWeekday(day)));
  }
  if (days.size === 0) return fa('—');
  // The week begins on Saturday, which ISO counts as the sixth day.
  const inWeek = (a: number, b: number) => ((a + 1) % 7) - ((b + 1) % 7);
  const times = [...days].map(
    ([time, weekdays]) =>
      `${[...weekdays]
        .sort(inWeek)
        .map((weekday) => weekdayName(weekday))
        .join('، ')}، ${time}`,
  );
  return fa(times.length > 2 ? `${times.slice(0, 2).join(' و ')} و روزهای دیگر` : times.join(' و '));
}
