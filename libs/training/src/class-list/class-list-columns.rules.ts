import { compactForm } from '@app/persian';
import { type Both, ClassListField, fieldTitles } from './class-list-texts.rules.js';

/** A cell as it was read from the file. */
export interface ClassListCell {
  text: string;
  kind: 'text' | 'number' | 'date' | 'formula' | 'empty';
  /** Of a date: `YYYY-MM-DD`, Gregorian. */
  day?: string;
}

/** A sheet of cells; rows carry the number they have in the sheet, blank ones are left out. */
export interface ClassListSheet {
  name: string;
  rows: { number: number; cells: ClassListCell[] }[];
}

/** Why a file that can be read is not a class list. */
export enum ClassListProblem {
  WRONG_COLUMNS = 'WRONG_COLUMNS',
  NAMES_IN_ONE_COLUMN = 'NAMES_IN_ONE_COLUMN',
  NO_PEOPLE = 'NO_PEOPLE',
  WHICH_SHEET = 'WHICH_SHEET',
}

/** The file was read but is not a class list, or not one alone. Nothing of it was used; both messages name the mend. */
export class NotAClassList extends Error {
  readonly messageFa: string;
  readonly messageEn: string;

  constructor(
    readonly reason: ClassListProblem,
    [messageFa, messageEn]: Both,
    /** The sheets to choose from, for WHICH_SHEET. */
    readonly sheets: string[] = [],
  ) {
    super(messageEn);
    this.name = 'NotAClassList';
    this.messageFa = messageFa;
    this.messageEn = messageEn;
  }
}

/** A column of a class list that is read: what people need not fill in, and the running number of the row. */
export type ClassListColumn = Exclude<ClassListField, ClassListField.OTHER> | 'rowNumber';

/** Where each column stands, from 0. */
export type ClassListColumns = Partial<Record<ClassListColumn, number>>;

/** The columns without which no one can be enrolled. */
const REQUIRED = [ClassListField.NATIONAL_ID, ClassListField.GIVEN_NAME, ClassListField.FAMILY_NAME] as const;

/** Titles and logos stand above the heads, but not more than this. */
const ROWS_BEFORE_HEADS = 50;

/** A message has a limited length; the names are also handed over as a list. */
const NAMES_IN_A_MESSAGE = 8;

/** How institutes head their columns; the first spelling found wins. Letters, spaces and marks are folded. */
const SPELLINGS: Record<ClassListColumn | 'bothNames', string> = {
  rowNumber: 'ردیف | شماره ردیف | شماره | row | row number | no | number',
  nationalId:
    'کد ملی | شماره ملی | شماره‌ی ملی | شناسه ملی | کد شناسایی | شماره شناسایی | ش ملی | ک ملی | کد ملی فراگیر | ' +
    'کد ملی کارآموز | کد ملی متقاضی | national id | national code | national number | id number | id',
  givenName: 'نام | اسم | نام کوچک | given name | first name | name',
  familyName:
    'نام خانوادگی | فامیلی | فامیل | نام فامیل | نام فامیلی | شهرت | family name | last name | surname | family',
  fatherName: 'نام پدر | اسم پدر | پدر | father name | father’s name | father',
  birthDay: 'تاریخ تولد | تولد | ت تولد | تاریخ ولادت | متولد | birth date | date of birth | birthday | birth | dob',
  mobile:
    'تلفن همراه | موبایل | شماره همراه | همراه | شماره موبایل | شماره تلفن همراه | تلفن موبایل | گوشی همراه | ' +
    'شماره تماس | تلفن تماس | mobile | mobile number | mobile phone | cell phone | cell | phone number | phone',
  bothNames:
    'نام و نام خانوادگی | نام خانوادگی و نام | نام و فامیل | نام و فامیلی | نام کامل | full name | name and family',
};

const meanings = Object.entries(SPELLINGS).flatMap(([column, spellings]) =>
  spellings
    .split('|')
    .map((spelling, rank) => [key(spelling), { column: column as keyof typeof SPELLINGS, rank }] as const),
);
const meaningOf = new Map(meanings);

/** A head without what differs from list to list: spaces, dots, marks, a note in brackets, Arabic letters. */
function key(head: string): string {
  return compactForm(head.replace(/\([^)]*\)/g, '')).replace(/\P{L}/gu, '');
}

/** A sheet with the heads of a class list, and where they stand. */
export interface HeadedSheet {
  sheet: ClassListSheet;
  columns: ClassListColumns;
  headerRow: number;
}

/**
 * The sheets that have the heads of a class list.
 * @throws NotAClassList when there is none
 */
export function findHeads(sheets: ClassListSheet[]): HeadedSheet[] {
  const found = sheets.flatMap((sheet) => {
    const heads = sheet.rows.slice(0, ROWS_BEFORE_HEADS).find(({ cells }) => isHead(columnsOf(cells)));
    return heads ? [{ sheet, columns: columnsOf(heads.cells), headerRow: heads.number }] : [];
  });
  if (found.length === 0) throw wrongColumns(sheets);
  return found;
}

/** Which columns a row heads, if it is the row of heads; long lists repeat it on each page. */
export function columnsOf(cells: ClassListCell[]): ClassListColumns & { bothNames?: number } {
  const columns: ClassListColumns & { bothNames?: number } = {};
  const ranks = new Map<string, number>();
  cells.forEach(({ text }, at) => {
    const meaning = meaningOf.get(key(text));
    if (!meaning || meaning.rank >= (ranks.get(meaning.column) ?? Infinity)) return;
    ranks.set(meaning.column, meaning.rank);
    columns[meaning.column] = at;
  });
  return columns;
}

export function isHead(columns: ClassListColumns): boolean {
  return REQUIRED.every((column) => columns[column] !== undefined);
}

function wrongColumns(sheets: ClassListSheet[]): NotAClassList {
  const rows = sheets.flatMap((sheet) => sheet.rows.slice(0, ROWS_BEFORE_HEADS)).map(({ cells }) => columnsOf(cells));
  if (rows.some((columns) => columns.bothNames !== undefined && columns.nationalId !== undefined)) {
    return new NotAClassList(ClassListProblem.NAMES_IN_ONE_COLUMN, [
      'نام و نام خانوادگی در یک ستون آمده است و نمی‌توان با اطمینان جدایشان کرد. آن‌ها را در دو ستون «نام» و «نام خانوادگی» بنویسید.',
      'Given name and family name stand in one column and cannot be parted safely. Write them in two columns, «نام» and «نام خانوادگی».',
    ]);
  }
  const missing = rows
    .map((columns) => REQUIRED.filter((column) => columns[column] === undefined))
    .reduce<readonly ClassListField[]>((best, next) => (next.length < best.length ? next : best), REQUIRED);
  const heads = missing.map((column) => `«${fieldTitles[column][0]}»`);
  return new NotAClassList(ClassListProblem.WRONG_COLUMNS, [
    `این پرونده فهرست کلاس نیست: ستون ${heads.join('، ')} پیدا نشد. سرستون‌ها باید دست‌کم «نام»، «نام خانوادگی» و «کد ملی» باشد.`,
    `This is not a class list: the column ${heads.join(', ')} (${missing.map((column) => fieldTitles[column][1]).join(', ')}) was not found. The heads must be at least «نام», «نام خانوادگی» and «کد ملی».`,
  ]);
}

export const noPeople = () =>
  new NotAClassList(ClassListProblem.NO_PEOPLE, [
    'زیر سرستون‌ها نام کسی نوشته نشده است. فهرست را پر کنید و دوباره بفرستید.',
    'Nobody is written under the heads. Fill in the list and send it again.',
  ]);

export const whichSheet = (names: string[]) =>
  new NotAClassList(
    ClassListProblem.WHICH_SHEET,
    [
      `چند برگهٔ این پرونده فهرست کلاس است: ${quoted(names, '، ')}. یکی را برگزینید.`,
      `Several sheets of this file are class lists: ${quoted(names, ', ')}. Choose one.`,
    ],
    names,
  );

const quoted = (names: string[], comma: string) =>
  names
    .slice(0, NAMES_IN_A_MESSAGE)
    .map((name) => `«${name}»`)
    .join(comma);
