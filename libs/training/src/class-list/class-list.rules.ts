import { storeForm, toAsciiDigits } from '@app/persian';
import { columnsOf, findHeads, type HeadedSheet, isHead, noPeople, whichSheet } from './class-list-columns.rules.js';
import type { ClassListCell, ClassListColumn, ClassListColumns, ClassListSheet } from './class-list-columns.rules.js';
import {
  ClassListFault,
  ClassListField,
  ClassListRepair,
  faultTexts,
  fieldTitles,
  repairTexts,
} from './class-list-texts.rules.js';
import { readBirthDay, readMobile, readName, readNationalId, type ReadValue } from './class-list-values.rules.js';

const { NATIONAL_ID, GIVEN_NAME, FAMILY_NAME, FATHER_NAME, BIRTH_DAY, MOBILE } = ClassListField;
const PERSONAL = [NATIONAL_ID, GIVEN_NAME, FAMILY_NAME, FATHER_NAME, BIRTH_DAY, MOBILE] as const;

export { NotAClassList, ClassListProblem, type ClassListCell } from './class-list-columns.rules.js';
export { ClassListFault, ClassListField, ClassListRepair } from './class-list-texts.rules.js';

/** A person as a class list names them, every value in the form that is stored. */
export interface ClassListPerson {
  nationalId: string;
  givenName: string;
  familyName: string;
  fatherName: string | null;
  /** `YYYY-MM-DD`, Gregorian. */
  birthDay: string | null;
  /** `09…`, eleven digits. */
  mobile: string | null;
}

export interface RowRepair {
  field: ClassListField;
  kind: ClassListRepair;
  /** As the file has it. */
  from: string;
  /** As it was taken; a birth day in the Jalali calendar. */
  to: string;
  messageFa: string;
  messageEn: string;
}

export interface RowRefusal {
  field: ClassListField;
  reason: ClassListFault;
  messageFa: string;
  messageEn: string;
  /** The row that has the same national ID and is taken. */
  duplicateOfRow?: number;
}

/** What becomes of one row; `row` is its number in the sheet, `name` says whose it is, for the report. */
export type ClassListRow = { row: number; name: string; repairs: RowRepair[] } & (
  { outcome: 'OK'; person: ClassListPerson } | { outcome: 'REFUSED'; refusal: RowRefusal }
);

export interface ClassListReading {
  sheet: string;
  headerRow: number;
  rows: ClassListRow[];
  /** Rows that are nobody's: totals, signatures, notes. Shown, so that nobody is lost unseen. */
  notes: { row: number; text: string }[];
}

/**
 * Reads the people of a class list (rules L1-L9 of the training README). Of several faults of a row the first in the
 * order national ID, names, birth day, mobile is told.
 * @param today `YYYY-MM-DD`, the day in Iran: nobody is born after it, and it completes years of two digits
 * @throws NotAClassList
 */
export function interpretClassList(sheets: ClassListSheet[], { today }: { today: string }): ClassListReading {
  const readings = findHeads(sheets).map((headed) => readSheet(headed, today));
  const [reading, ...others] = readings.filter(({ rows }) => rows.length > 0);
  if (!reading) throw noPeople();
  if (others.length > 0) throw whichSheet([reading, ...others].map(({ sheet }) => sheet));
  return reading;
}

function readSheet({ sheet, columns, headerRow }: HeadedSheet, today: string): ClassListReading {
  const reading: ClassListReading = { sheet: sheet.name, headerRow, rows: [], notes: [] };
  const takenBy = new Map<string, number>();
  for (const { number, cells } of sheet.rows) {
    if (number <= headerRow || isHead(columnsOf(cells))) continue;
    const row = new Row(number, cells, columns);
    if (row.isPerson()) reading.rows.push(interpretRow(row, takenBy, today));
    else if (row.text()) reading.notes.push({ row: number, text: row.text() });
  }
  return reading;
}

/** One row of the sheet, cell by column. */
class Row {
  constructor(
    readonly number: number,
    private readonly cells: ClassListCell[],
    private readonly columns: ClassListColumns,
  ) {}

  cell(column: ClassListColumn): ClassListCell {
    const at = this.columns[column];
    return (at === undefined ? undefined : this.cells[at]) ?? { text: '', kind: 'empty' };
  }

  /** The cells of columns that are not taken over. */
  otherCells(): ClassListCell[] {
    const taken = new Set(Object.values(this.columns));
    return this.cells.filter((_, at) => !taken.has(at));
  }

  /** Whose row it is, as far as it says. */
  name(): string {
    return storeForm(`${this.cell(GIVEN_NAME).text} ${this.cell(FAMILY_NAME).text}`);
  }

  /** All that is written in it but the running number: people print the numbers of empty lines too. */
  text(): string {
    const texts = this.cells.map(({ text }, at) =>
      at === this.columns.rowNumber && /^\p{N}*$/u.test(text) ? '' : storeForm(text),
    );
    return texts.filter((text) => text !== '').join(' ');
  }

  /**
   * L3: has an ID; or a running number and anything personal; or two personal values, of which a total or a
   * signature never has more than three.
   */
  isPerson(): boolean {
    if (/\d{5}/.test(toAsciiDigits(this.cell(NATIONAL_ID).text))) return true;
    const values = PERSONAL.filter((column) => storeForm(this.cell(column).text) !== '').length;
    if (/^\d+$/.test(toAsciiDigits(this.cell('rowNumber').text.trim()))) return values > 0;
    return values > (FOOTER.test(this.text()) ? 3 : 1);
  }
}

/** Words of totals, signatures and notes under a list, as whole words. */
const FOOTER =
  /(?<![\p{L}\u200c])(جمع|مجموع|تعداد|امضا|امضاء|امضای|مهر|مدیر|مدیریت|مسئول|مسوول|رئیس|رییس|مربی|ناظر|تأیید|تایید|تنظیم|تهیه|توضیح|توضیحات|ملاحظات|تذکر|total|signature|stamp|manager)(?![\p{L}\u200c])/iu;

type PersonalField = (typeof PERSONAL)[number];

function interpretRow(row: Row, takenBy: Map<string, number>, today: string): ClassListRow {
  const repairs: RowRepair[] = [];
  const refusals: RowRefusal[] = [];

  function take(field: PersonalField, read: ReadValue, ifMissing?: ClassListFault): string | null {
    const { text, kind } = row.cell(field);
    const fault = 'fault' in read ? read.fault : read.value === null ? ifMissing : undefined;
    if (fault) refusals.push(refuse(field, fault));
    if ('fault' in read || read.value === null) return null;
    const kinds = kind === 'formula' ? [ClassListRepair.FORMULA_AS_TEXT, ...read.kinds] : read.kinds;
    repairs.push(...kinds.map((kind) => repair(field, kind, text, read.shown ?? read.value ?? '')));
    return read.value;
  }
  const cell = (field: PersonalField) => row.cell(field);

  const id = take(NATIONAL_ID, readNationalId(cell(NATIONAL_ID)), ClassListFault.MISSING_ID);
  const duplicateOfRow = id === null ? undefined : takenBy.get(id);
  if (duplicateOfRow !== undefined) {
    refusals.push({ ...refuse(NATIONAL_ID, ClassListFault.DUPLICATE_IN_FILE), duplicateOfRow });
  }
  const read = {
    nationalId: id,
    givenName: take(GIVEN_NAME, readName(cell(GIVEN_NAME)), ClassListFault.MISSING_NAME),
    familyName: take(FAMILY_NAME, readName(cell(FAMILY_NAME)), ClassListFault.MISSING_NAME),
    fatherName: take(FATHER_NAME, readName(cell(FATHER_NAME))),
    birthDay: take(BIRTH_DAY, readBirthDay(cell(BIRTH_DAY), today)),
    mobile: take(MOBILE, readMobile(cell(MOBILE))),
  };
  for (const { kind, text } of row.otherCells()) {
    if (kind === 'formula') repairs.push(repair(ClassListField.OTHER, ClassListRepair.FORMULA_AS_TEXT, text, text));
  }

  const told = { row: row.number, name: row.name(), repairs };
  const [refusal] = refusals;
  if (refusal) return { ...told, outcome: 'REFUSED', refusal };
  // Nothing was refused, so all that must be there is there.
  const person = read as ClassListPerson;
  takenBy.set(person.nationalId, row.number);
  return { ...told, outcome: 'OK', person };
}

function refuse(field: ClassListField, reason: ClassListFault): RowRefusal {
  const [messageFa, messageEn] = faultTexts[reason](fieldTitles[field]);
  return { field, reason, messageFa, messageEn };
}

function repair(field: ClassListField, kind: ClassListRepair, from: string, to: string): RowRepair {
  const [messageFa, messageEn] = repairTexts[kind](fieldTitles[field]);
  return { field, kind, from, to, messageFa, messageEn };
}
