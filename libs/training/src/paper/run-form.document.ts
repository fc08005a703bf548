import {
  code,
  date,
  drawTable,
  fa,
  Form,
  line,
  number,
  type Column,
  type Fact,
  type Field,
  type FormHead,
  type Style,
  type TableCell,
  type TableRow,
} from '@app/documents/pure';
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
  /** The picture of the province on the letterhead, or null. */
  emblem: Uint8Array | null;
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
    head: { issuers, title: fa(title), subtitle, registry: options.registry ?? EMPTY, emblem: model.emblem },
    facts,
    legend,
    numbered,
  });
}

interface RunTable {
  columns: Column[];
  rowHeight: number;
  rows: TableRow[];
  totals: TableRow[];
  /** Over narrow columns the head is higher, and its letters are smaller. */
  headHeight?: number;
  headStyle?: Style;
}

const HEAD_STYLE: Style = { face: 'bold', size: 8.5, floor: 6, align: 'centre', lines: 2, leading: 1.3 };

/**
 * A table in the inks of its form, from a new page on.
 *
 * @param below what stays free under it on each page
 * @returns where it ends
 */
export function drawRunTable(form: Form, table: RunTable, below = 0): number {
  const { accent: colour, line: grid, fill: headFill } = form.inks;
  return drawTable(
    form.paper,
    { headHeight: 22, headStyle: { ...HEAD_STYLE, colour }, ...table, grid, headFill },
    { right: form.right, top: form.nextPage(), bottom: form.bottom - below, nextPage: () => form.nextPage() },
  );
}

/** How wide the columns are that say who stands in a row. */
export interface NameWidths {
  ordinal: number;
  family: number;
  given: number;
  father: number;
  nationalId: number;
}

/** The usual parts of the room for names. */
export const nameWidths = (room: number) => ({ family: room * 0.42, given: room * 0.32, father: room * 0.26 });

export const LIST_NAMES: Style = { size: 9, floor: 7, lines: 2, leading: 1.35 };
export const LIST_FIGURES: Style = { size: 9, floor: 7, align: 'centre' };

/** The columns that say who stands in a row, the first one as it is given. */
export function nameColumns(
  ordinal: Pick<Column, 'place' | 'title' | 'upright'>,
  widths: NameWidths,
  [names, figures] = [LIST_NAMES, LIST_FIGURES],
): Column[] {
  return [
    { ...ordinal, width: widths.ordinal, style: figures },
    { place: 'نام خانوادگی', title: fa('نام خانوادگی'), width: widths.family, style: names },
    { place: 'نام', title: fa('نام'), width: widths.given, style: names },
    { place: 'نام پدر', title: fa('نام پدر'), width: widths.father, style: names },
    { place: 'کد ملی', title: fa('کد ملی'), width: widths.nationalId, style: figures },
  ];
}

/** The cells of those columns; a national ID is given whole or masked. */
export const nameCells = (
  ordinal: number,
  { familyName, givenName, fatherName }: Omit<RunPaperPerson, 'nationalIdMasked'>,
  nationalId: string,
): TableCell[] => [
  { field: number(ordinal) },
  { field: fa(familyName) },
  { field: fa(givenName) },
  { field: fa(fatherName) },
  { field: number(nationalId) },
];

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
