import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jalaliYear, maskMobile, maskNationalId, toPersianDigits } from '@app/persian';
import type { Notebook } from './notebook.js';
import type { OpenedRun, OpenedRuns } from './open-runs.js';
import type { Person } from './person.js';

interface ListRow {
  row: number;
  name: string;
  outcome: 'ACCEPTED' | 'ENROLLED' | 'REFUSED';
  givenName: string | null;
  maskedNationalId: string | null;
  maskedMobile: string | null;
  birthYear: number | null;
  repairs: { kind: string; from: string; to: string; messageFa: string; messageEn: string }[];
  refusal: { field: string | null; reason: string; messageFa: string; messageEn: string } | null;
}

interface ListImport {
  id: string;
  state: string;
  problem: string | null;
  messageFa: string | null;
  messageEn: string | null;
  acceptedCount: number;
  refusedCount: number;
  rows: ListRow[];
}

/** What is known beforehand of a row of a class list. */
interface ExpectedRow {
  row: number;
  outcome: 'enrolled' | 'refused';
  national_id: string;
  given?: string;
  birth_iso?: string;
  mobile?: string;
  field?: string;
  fault?: string;
}

const IMPORT = `id state problem messageFa messageEn acceptedCount refusedCount rows {
  row name outcome givenName maskedNationalId maskedMobile birthYear
  repairs { kind from to messageFa messageEn } refusal { field reason messageFa messageEn } }`;
const RESULT = `... on ClassListImport { id } ... on ClassListRefused { reason }`;
const READ = `mutation ($input: ReadClassListInput!) { readClassList(input: $input) { ${RESULT} } }`;
const ENROL = `mutation ($input: EnrolClassListInput!) { enrolClassList(input: $input) { ${RESULT} } }`;
const PROGRESS = `subscription ($id: ID!) { classListImportProgress(id: $id) { ${IMPORT} } }`;
const SEATS = 'query ($id: ID!) { courseRun(id: $id) { seatsTaken } }';

/** Step 2: the institutes hand in their class lists as they keep them. */
export async function importClassLists(
  book: Notebook,
  data: string,
  runs: OpenedRuns,
  { carpet, food }: { carpet: Person; food: Person },
): Promise<void> {
  const lists = [
    { file: 'carpet-24.xlsx', manager: carpet, run: runs.carpet, seats: 24 },
    { file: 'food-200.xlsx', manager: food, run: runs.food, seats: 194 },
    { file: 'carpet-24.xls', manager: carpet, run: runs.xls, seats: 24 },
    { file: 'windows-1256-30.csv', manager: carpet, run: runs.csv, seats: 30 },
  ];
  const reported: (string | number | null)[][] = [];
  for (const { file, manager, run, seats } of lists) {
    const bytes = await readFile(join(data, file));
    const expected = JSON.parse(await readFile(join(data, file.replace(/\.\w+$/, '.expected.json')), 'utf8')) as {
      rows: ExpectedRow[];
    };

    const read = await handIn(manager, run, file, bytes);
    book.check(
      `${file}: آزمایشی، هنوز هیچ‌کس`,
      `${file}: after the dry run nobody is enrolled`,
      await seatsTaken(manager, run),
      0,
    );
    tell(book, file, read);
    const enrolled = await enrol(manager, read);
    book.check(
      `${file}: هر ردیف همان که باید`,
      `${file}: every row is as expected`,
      differences(enrolled.rows, expected.rows),
      [],
    );
    book.check(`${file}: صندلی‌ها`, `${file}: seats taken`, await seatsTaken(manager, run), seats);

    const again = await enrol(manager, await handIn(manager, run, file, bytes));
    const reasons = new Set(
      again.rows.filter(({ maskedNationalId }) => maskedNationalId).map((row) => row.refusal?.reason),
    );
    book.check(
      `${file}: دوباره، هیچ‌کس دو بار`,
      `${file}: the same upload again enrols nobody twice`,
      [again.acceptedCount, [...reasons], await seatsTaken(manager, run)],
      [0, ['ALREADY_ENROLLED'], seats],
    );
    for (const { row, name, outcome, repairs, refusal } of enrolled.rows)
      reported.push([file, row, name, outcome, repairs.map(({ kind }) => kind).join(' '), refusal?.reason ?? null]);
  }
  await book.table('class-list-rows.csv', ['file', 'row', 'name', 'outcome', 'repairs', 'refused'], reported);

  const wrong = await handIn(carpet, runs.csv, 'price-list.csv', Buffer.from('کالا;بها\r\nنخ;۱۲۰۰۰\r\nپشم;۸۵۰۰۰\r\n'));
  book.say(wrong.messageFa ?? '', wrong.messageEn ?? '');
  book.check('پرونده‌ای که فهرست نیست رد می‌شود', 'a file that is no class list is refused', wrong.state, 'REFUSED');
  const uploadId = await food.upload('carpet-24.xlsx', await readFile(join(data, 'carpet-24.xlsx')));
  book.check(
    'آموزشگاه دیگر این دوره را نمی‌بیند',
    'another institute does not find the run',
    await food.refusal(READ, { input: { runId: runs.carpet.id, uploadId } }),
    'NOT_FOUND',
  );
}

async function handIn(manager: Person, run: OpenedRun, fileName: string, bytes: Uint8Array): Promise<ListImport> {
  const uploadId = await manager.upload(fileName, bytes);
  const input = { runId: run.id, uploadId };
  const { readClassList } = await manager.ask<{ readClassList: { id?: string; reason?: string } }>(READ, { input });
  return followed(manager, readClassList);
}

async function enrol(manager: Person, { id: importId }: ListImport): Promise<ListImport> {
  const input = { importId };
  const { enrolClassList } = await manager.ask<{ enrolClassList: { id?: string; reason?: string } }>(ENROL, { input });
  return followed(manager, enrolClassList);
}

async function followed(manager: Person, { id, reason }: { id?: string; reason?: string }): Promise<ListImport> {
  if (!id) throw new Error(`The class list is refused: ${reason}`);
  const came = await manager.follow<{ classListImportProgress: ListImport }>(PROGRESS, { id });
  return came.at(-1)!.classListImportProgress;
}

const seatsTaken = async (manager: Person, { id }: OpenedRun) =>
  (await manager.ask<{ courseRun: { seatsTaken: number } }>(SEATS, { id })).courseRun.seatsTaken;

/** The report of the dry run: how many are taken, what was put right, and every refused row with its reason. */
function tell(book: Notebook, file: string, { acceptedCount, refusedCount, rows }: ListImport): void {
  const repairs = new Map<string, number>();
  for (const { kind } of rows.flatMap((row) => row.repairs)) repairs.set(kind, (repairs.get(kind) ?? 0) + 1);
  const kinds = [...repairs].map(([kind, count]) => `${count} ${kind}`).join(', ');
  book.say(
    `${file}: ${toPersianDigits(acceptedCount)} پذیرفته، ${toPersianDigits(refusedCount)} رد`,
    `${acceptedCount} accepted, ${refusedCount} refused; repaired: ${kinds || 'nothing'}`,
  );
  for (const { row, name, refusal } of rows)
    if (refusal)
      book.say(
        `ردیف ${toPersianDigits(row)}، ${name}: ${refusal.messageFa}`,
        `row ${row}, ${refusal.field ?? 'row'}: ${refusal.messageEn}`,
      );
}

/** The rows that did not come to what was known beforehand. */
function differences(rows: readonly ListRow[], expected: readonly ExpectedRow[]): string[] {
  const found = new Map(rows.map((row) => [row.row, row]));
  const wrong = expected.filter((wanted) => !isAsExpected(found.get(wanted.row), wanted));
  return [
    ...wrong.map(({ row }) => `row ${row}: ${JSON.stringify(found.get(row) ?? null)}`),
    ...(rows.length === expected.length ? [] : [`${rows.length} rows instead of ${expected.length}`]),
  ];
}

function isAsExpected(row: ListRow | undefined, wanted: ExpectedRow): boolean {
  if (!row) return false;
  if (wanted.outcome === 'refused') {
    const field = wanted.field === 'birthDate' ? 'birthDay' : wanted.field;
    const reason = wanted.fault?.toUpperCase().replaceAll('-', '_');
    return row.outcome === 'REFUSED' && FIELDS[row.refusal?.field ?? ''] === field && row.refusal?.reason === reason;
  }
  return (
    row.outcome === 'ENROLLED' &&
    row.maskedNationalId === maskNationalId(wanted.national_id) &&
    (wanted.given === undefined || row.givenName === wanted.given) &&
    (wanted.birth_iso === undefined || row.birthYear === jalaliYear(wanted.birth_iso).year) &&
    (wanted.mobile === undefined || row.maskedMobile === maskMobile(wanted.mobile))
  );
}

/** How the API calls the columns of a class list, by the names of the expectations. */
const FIELDS: Record<string, string> = {
  NATIONAL_ID: 'nationalId',
  GIVEN_NAME: 'givenName',
  FAMILY_NAME: 'familyName',
  FATHER_NAME: 'fatherName',
  BIRTH_DAY: 'birthDay',
  MOBILE: 'mobile',
};
