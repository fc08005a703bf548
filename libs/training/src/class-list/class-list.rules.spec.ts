import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { readSpreadsheetApart } from '@app/documents';
import {
  type ClassListCell,
  type ClassListRow,
  ClassListProblem,
  interpretClassList,
  NotAClassList,
} from './class-list.rules.js';

const today = '2026-11-21';
const folder = new URL('../../data/class-lists/', import.meta.url);

const listIn = async (file: string) => {
  const { sheets } = await readSpreadsheetApart(await readFile(new URL(file, folder)));
  return interpretClassList(sheets, { today });
};

const cell = (value: string | ClassListCell): ClassListCell =>
  typeof value !== 'string' ? value : value === '' ? { text: '', kind: 'empty' } : { text: value, kind: 'text' };
const sheet = (rows: (string | ClassListCell)[][], name = 'list') => ({
  name,
  rows: rows.map((cells, above) => ({ number: above + 1, cells: cells.map(cell) })),
});

const HEADS = ['ردیف', 'نام', 'نام خانوادگی', 'نام پدر', 'کد ملی', 'تاریخ تولد', 'تلفن همراه', 'توضیحات'];
const people = (...rows: (string | ClassListCell)[][]) => interpretClassList([sheet([HEADS, ...rows])], { today });

/** A good row with some values in place of its own. */
function row(
  values: Partial<Record<'given' | 'family' | 'father' | 'id' | 'birth' | 'mobile' | 'note', string | ClassListCell>>,
) {
  const {
    given = 'زهرا',
    family = 'کریمی',
    father = 'علی',
    id = '7367297805',
    birth = '1377/02/02',
    mobile = '09007896328',
  } = values;
  return ['1', given, family, father, id, birth, mobile, values.note ?? ''];
}
const outcomeOf = (values: Parameters<typeof row>[0]): ClassListRow => people(row(values)).rows[0] as ClassListRow;

function refusalOf(values: Parameters<typeof row>[0]) {
  const read = outcomeOf(values);
  return read.outcome === 'REFUSED' ? [read.refusal.field, read.refusal.reason] : 'OK';
}
function personOf(values: Parameters<typeof row>[0]) {
  const read = outcomeOf(values);
  return read.outcome === 'OK'
    ? { ...read.person, repairs: read.repairs.map(({ field, kind }) => `${field} ${kind}`) }
    : read.refusal;
}

interface ExpectedRow {
  row: number;
  outcome: 'enrolled' | 'refused';
  national_id: string;
  field?: string;
  fault?: string;
  duplicate_of_row?: number;
  given?: string;
  family?: string;
  birth_iso?: string;
  mobile?: string;
}

/** The words of the expectation files for what our enums name. */
const faults: Record<string, string> = {
  'arabic-digits': 'nationalId DIGITS',
  'arabic-letters': 'familyName ARABIC_LETTERS',
  'bad-check-digit': 'nationalId BAD_CHECK_DIGIT',
  'bidi-mark': 'familyName BIDI_MARK',
  'duplicate-in-file': 'nationalId DUPLICATE_IN_FILE',
  'excel-date': 'birthDay EXCEL_DATE',
  'formula-text': 'other FORMULA_AS_TEXT',
  'impossible-date': 'birthDay IMPOSSIBLE_DATE',
  'lost-zero': 'nationalId LEADING_ZERO_RESTORED',
  'missing-id': 'nationalId MISSING_ID',
  'number-mobile': 'mobile LEADING_ZERO_RESTORED',
  'plus-98': 'mobile MOBILE_FORM',
  'same-digits': 'nationalId SAME_DIGITS',
  'two-digit-year': 'birthDay TWO_DIGIT_YEAR',
};

describe('class lists as institutes keep them', () => {
  it.each([
    ['carpet-24.xlsx', 'carpet-24', 24, 24],
    ['carpet-24.xls', 'carpet-24', 24, 24],
    ['food-200.xlsx', 'food-200', 200, 194],
    ['windows-1256-30.csv', 'windows-1256-30', 30, 30],
  ])('%s: every row comes out as expected', async (file, expectation, count, enrolled) => {
    const expected = JSON.parse(await readFile(new URL(`${expectation}.expected.json`, folder), 'utf8')) as {
      header_row?: number;
      rows: ExpectedRow[];
    };
    const reading = await listIn(file);

    expect(reading.headerRow).toBe(expected.header_row ?? 1);
    expect(reading.rows).toHaveLength(count);
    expect(reading.rows.filter(({ outcome }) => outcome === 'OK')).toHaveLength(enrolled);
    reading.rows.forEach((read, i) =>
      expect({ ...expected.rows[i], ...told(read, expected.rows[i]) }).toEqual(expected.rows[i]),
    );
    const faulty = expected.rows.filter(({ fault }) => fault);
    expect(faulty.map(({ fault = '', row: number }) => [number, faults[fault]])).toEqual(
      faulty.map(({ fault = '', row: number }) => {
        const read = reading.rows.find((found) => found.row === number);
        const kinds = read?.repairs.map((repair) => `${repair.field} ${repair.kind}`) ?? [];
        if (read?.outcome === 'REFUSED') kinds.push(`${read.refusal.field} ${read.refusal.reason}`);
        return [number, kinds.find((kind) => kind === faults[fault]) ?? kinds];
      }),
    );
  });

  /** What the expectation says of a row, as it was read. */
  function told(read: ClassListRow, expected: ExpectedRow | undefined): Partial<ExpectedRow> {
    if (read.outcome === 'REFUSED') {
      const field = read.refusal.field === 'birthDay' ? 'birthDate' : read.refusal.field;
      const duplicate = read.refusal.duplicateOfRow;
      return { row: read.row, outcome: 'refused', field, ...(duplicate ? { duplicate_of_row: duplicate } : {}) };
    }
    const { nationalId, givenName, familyName, birthDay, mobile } = read.person;
    return {
      row: read.row,
      outcome: 'enrolled',
      national_id: nationalId,
      ...(expected?.given ? { given: givenName } : {}),
      ...(expected?.family ? { family: familyName } : {}),
      ...(expected?.birth_iso ? { birth_iso: birthDay ?? '' } : {}),
      ...(expected?.mobile ? { mobile: mobile ?? '' } : {}),
    };
  }

  it('reads the old binary form of a list as it reads the new one', async () => {
    const [old, recent] = await Promise.all(['carpet-24.xls', 'carpet-24.xlsx'].map(async (file) => listIn(file)));
    expect(old).toEqual(recent);
  });

  it('tells what stood under the list without taking it for a person', async () => {
    const reading = await listIn('food-200.xlsx');
    expect(reading.notes).toEqual([{ row: 207, text: 'جمع کل' }]);
  });

  it('puts nothing right that was right', async () => {
    const { rows } = await listIn('food-200.xlsx');
    expect(rows.filter(({ repairs }) => repairs.length > 0).map((read) => read.row)).toEqual([
      48, 131, 141, 176, 180, 181, 198, 202,
    ]);
  });
});

describe('the heads of a class list', () => {
  const person = ['7367297805', 'زهرا', 'کریمی', 'علی', '1377/02/02', '09007896328'];
  it.each([
    [['کد ملی', 'نام', 'نام خانوادگی', 'نام پدر', 'تاریخ تولد', 'تلفن همراه']],
    [['كدملي', 'نــام', 'نام‌خانوادگي', 'نامِ پدر', 'ت. تولد', 'همراه']],
    [['شمارهٔ ملی (۱۰ رقم)', 'نام *', 'فامیلی', 'پدر', 'تاریخ تولد (روز/ماه/سال)', 'شماره موبایل :']],
    [['شماره‌ی ملی', 'اسم', 'نام فامیلی', 'نام پدر', 'متولد', 'شماره تماس']],
    [['National ID', 'First name', 'Family Name', "Father's name", 'Birth date', 'Mobile']],
  ])('are known however they are spelt: %j', (heads) => {
    const [read] = interpretClassList([sheet([['لیست'], [], heads, person])], { today }).rows;
    expect(read).toMatchObject({
      row: 4,
      person: {
        nationalId: '7367297805',
        givenName: 'زهرا',
        familyName: 'کریمی',
        fatherName: 'علی',
        birthDay: '1998-04-22',
        mobile: '09007896328',
      },
    });
  });

  function problemOf(sheets: Parameters<typeof interpretClassList>[0]) {
    try {
      return interpretClassList(sheets, { today }).sheet;
    } catch (error) {
      if (!(error instanceof NotAClassList)) throw error;
      expect([error.messageFa, error.messageEn]).toEqual([
        expect.stringMatching(/[\u0600-\u06ff]/),
        expect.stringMatching(/[a-z]/),
      ]);
      expect(error.messageFa.length).toBeLessThan(500);
      return error;
    }
  }
  const list = [HEADS, row({})];

  it.each([
    [
      'a list of something else',
      [
        ['نام', 'قیمت'],
        ['قالی', '1'],
      ],
      'WRONG_COLUMNS',
    ],
    [
      'both names in one column',
      [
        ['ردیف', 'نام و نام خانوادگی', 'کد ملی'],
        ['1', 'زهرا کریمی', '7367297805'],
      ],
      ClassListProblem.NAMES_IN_ONE_COLUMN,
    ],
    ['heads alone, over numbered empty lines', [HEADS, ['1'], ['2'], ['', 'مهر و امضا']], ClassListProblem.NO_PEOPLE],
  ])('refuse %s', (_, rows, reason) => {
    expect(problemOf([sheet(rows)])).toMatchObject({ reason });
  });

  it('name the columns that were looked for', () => {
    const problem = problemOf([
      sheet([
        ['نام', 'نام خانوادگی', 'شماره حساب'],
        ['a', 'b', '1'],
      ]),
    ]);
    expect(problem).toMatchObject({ messageFa: expect.stringContaining('ستون «کد ملی» پیدا نشد') });
  });

  it('leave it to the sender which of several lists is meant', () => {
    const template = sheet([HEADS], 'نمونه');
    const other = sheet([['x']], 'راهنما');
    expect(problemOf([sheet(list, 'الف'), template, other])).toBe('الف');
    expect(problemOf([sheet(list, 'الف'), sheet(list, 'ب')])).toMatchObject({
      reason: ClassListProblem.WHICH_SHEET,
      sheets: ['الف', 'ب'],
    });
    expect(problemOf(Array.from({ length: 200 }, (_, i) => sheet(list, `${i} ${'x'.repeat(27)}`)))).toMatchObject({
      reason: ClassListProblem.WHICH_SHEET,
    });
  });
});

describe('a row of a class list', () => {
  it('is taken without what need not be there', () => {
    expect(personOf({ father: '', birth: '-', mobile: ' - ' })).toEqual({
      nationalId: '7367297805',
      givenName: 'زهرا',
      familyName: 'کریمی',
      fatherName: null,
      birthDay: null,
      mobile: null,
      repairs: [],
    });
  });

  it.each([
    [{ id: '' }, 'nationalId', 'MISSING_ID'],
    [{ id: 'ندارد' }, 'nationalId', 'NOT_DIGITS'],
    [{ id: '7.36E+09' }, 'nationalId', 'DIGITS_LOST'],
    [{ id: '73672978' }, 'nationalId', 'BAD_CHECK_DIGIT'],
    [{ id: '73672978051' }, 'nationalId', 'WRONG_LENGTH'],
    [{ id: cell({ text: '=A1', kind: 'formula' }) }, 'nationalId', 'NOT_DIGITS'],
    [{ given: '' }, 'givenName', 'MISSING_NAME'],
    [{ family: ' \u200c' }, 'familyName', 'MISSING_NAME'],
    [{ given: 'زهرا2' }, 'givenName', 'BAD_NAME'],
    [{ family: 'ک'.repeat(81) }, 'familyName', 'BAD_NAME'],
    [{ family: cell({ text: '=HYPERLINK("x","y")', kind: 'formula' }) }, 'familyName', 'BAD_NAME'],
    [{ father: '\u2067علی' }, 'fatherName', 'BIDI_MARK'],
    [{ birth: '1380/12/31' }, 'birthDay', 'IMPOSSIBLE_DATE'],
    [{ birth: '1405/09/01' }, 'birthDay', 'IMPOSSIBLE_DATE'],
    [{ birth: '1284/01/01' }, 'birthDay', 'IMPOSSIBLE_DATE'],
    [{ birth: '1986-02-30' }, 'birthDay', 'IMPOSSIBLE_DATE'],
    [{ birth: 'بهار' }, 'birthDay', 'UNREADABLE_DATE'],
    [{ birth: '04/05/06' }, 'birthDay', 'UNREADABLE_DATE'],
    [{ mobile: '02133334444' }, 'mobile', 'BAD_MOBILE'],
    [{ mobile: '9.01E+09' }, 'mobile', 'DIGITS_LOST'],
    [{ id: '', family: '', birth: 'x' }, 'nationalId', 'MISSING_ID'],
  ])('%j is refused at %s: %s', (values, field, reason) => {
    expect(refusalOf(values)).toEqual([field, reason]);
  });

  it.each([
    [{ id: "'7367297805" }, { nationalId: '7367297805' }, ['nationalId SPACES']],
    [
      { id: '\u200e736-729780-5\u200f' },
      { nationalId: '7367297805' },
      ['nationalId INVISIBLE_MARKS', 'nationalId SPACES'],
    ],
    [{ id: '33381658.0' }, { nationalId: '0033381658' }, ['nationalId LEADING_ZERO_RESTORED']],
    [
      { id: cell({ text: '0033381658', kind: 'formula' }) },
      { nationalId: '0033381658' },
      ['nationalId FORMULA_AS_TEXT'],
    ],
    [{ family: 'علي‌پور' }, { familyName: 'علی‌پور' }, ['familyName ARABIC_LETTERS']],
    [{ family: '\u200fکریـمی' }, { familyName: 'کریمی' }, ['familyName INVISIBLE_MARKS']],
    [{ given: ' زهرا  سادات' }, { givenName: 'زهرا سادات' }, ['givenName SPACES']],
    [{ birth: '۷۷-۰۲-۰۲' }, { birthDay: '1998-04-22' }, ['birthDay DIGITS', 'birthDay TWO_DIGIT_YEAR']],
    [{ birth: '770202' }, { birthDay: '1998-04-22' }, ['birthDay TWO_DIGIT_YEAR']],
    [{ birth: '13770202' }, { birthDay: '1998-04-22' }, []],
    [{ birth: '28858' }, { birthDay: '1979-01-03' }, ['birthDay EXCEL_DATE']],
    [
      { birth: cell({ text: '1377-02-02', kind: 'date', day: '1377-02-02' }) },
      { birthDay: '1998-04-22' },
      ['birthDay EXCEL_DATE'],
    ],
    [{ birth: '1998/4/22' }, { birthDay: '1998-04-22' }, ['birthDay GREGORIAN_DATE']],
    [{ mobile: '0098 900 789 6328' }, { mobile: '09007896328' }, ['mobile SPACES', 'mobile MOBILE_FORM']],
    [{ mobile: '9007896328' }, { mobile: '09007896328' }, ['mobile LEADING_ZERO_RESTORED']],
    [{ note: cell({ text: '=1+1', kind: 'formula' }) }, {}, ['other FORMULA_AS_TEXT']],
  ])('%j is put right', (values, expected, repairs) => {
    expect(personOf(values)).toMatchObject({ ...expected, repairs });
  });

  it('says what it had, what was made of it and why, in both languages', () => {
    expect(outcomeOf({ birth: cell({ text: '1979-01-03', kind: 'date', day: '1979-01-03' }) }).repairs).toEqual([
      {
        field: 'birthDay',
        kind: 'EXCEL_DATE',
        from: '1979-01-03',
        to: '1357/10/13',
        messageFa: '«تاریخ تولد» از تاریخ صفحه‌گسترده خوانده شد.',
        messageEn: 'The birth date was read from a spreadsheet date.',
      },
    ]);
    expect(outcomeOf({ family: 'مجتبوی\u202e', id: '7367297805' })).toMatchObject({
      name: 'زهرا مجتبوی',
      refusal: {
        messageFa: expect.stringContaining('«نام خانوادگی»'),
        messageEn: expect.stringContaining('family name'),
      },
    });
  });

  it('is refused when a row that is taken has its national ID, not when that row is refused itself', () => {
    const refusals = (...rows: string[][]) =>
      people(...rows).rows.map((read) =>
        read.outcome === 'REFUSED' ? (read.refusal.duplicateOfRow ?? read.refusal.reason) : 'OK',
      );
    expect(
      refusals(row({}) as string[], row({ id: '۷۳۶۷۲۹۷۸۰۵' }) as string[], row({ birth: 'x' }) as string[]),
    ).toEqual(['OK', 2, 2]);
    expect(refusals(row({ birth: 'x' }) as string[], row({}) as string[])).toEqual(['UNREADABLE_DATE', 'OK']);
  });

  it.each([
    ['a total', ['جمع', '', '', '', '24'], false],
    ['a signature', ['', 'مدیر آموزشگاه', 'مربی'], false],
    ['one word without a number', ['', 'گروه دوم'], false],
    ['the heads, again on the next page', HEADS, null],
    ['a number on an empty line', ['25'], null],
    ['a name that lost its ID', ['25', 'زهرا'], true],
    ['both names without ID and number', ['', 'زهرا', 'مهری'], true],
    [
      'a family name that is also a word of footers',
      ['', 'زهرا', 'آذر مهر', 'علی', '', '1377/02/02', '09007896328'],
      true,
    ],
  ])('%s: %j is a person, a note or nothing', (_, cells, isPerson) => {
    const { rows, notes } = people(row({}), cells);
    expect([rows.length, notes.length]).toEqual(isPerson ? [2, 0] : isPerson === false ? [1, 1] : [1, 0]);
  });
});
