import { addDays } from '@app/persian';
import type { MarkedRun } from './attendance.js';
import type { Notebook } from './notebook.js';
import type { OpenedRun } from './open-runs.js';
import type { Person } from './person.js';
import { type DemoVerdict, recountVerdict, seeded } from './recount.rules.js';

type Part = 'WRITTEN' | 'PRACTICAL';
interface Tries {
  written: (number | null)[];
  practical: (number | null)[];
}

interface SheetRow {
  enrolmentId: string;
  standing: string;
  shortfalls: string[];
  writtenHundredths: number | null;
  practicalHundredths: number | null;
  finalHundredths: number | null;
}

const FINISH = `mutation ($input: FinishCourseRunInput!) { finishCourseRun(input: $input) {
  ... on CourseRun { status } ... on CourseRunRefused { reason } } }`;
const ENTER = `mutation ($input: EnterExamMarksInput!) { enterExamMarks(input: $input) {
  ... on ExamSheet { runId } ... on ExamRefused { reason } } }`;
const SHEET = `query ($runId: ID!) { examSheet(runId: $runId) { rows {
  enrolmentId standing shortfalls writtenHundredths practicalHundredths finalHundredths } } }`;

/** Who does not simply pass, by the place in the list. A try is hundredths of a point, or null for one who was absent. */
const special: Record<number, Tries> = {
  2: { written: [null, 6150], practical: [8200] },
  5: { written: [4500, null], practical: [] },
  9: { written: [4875, 5200], practical: [8150] },
  12: { written: [], practical: [] },
  13: { written: [7100], practical: [6900, 6975] },
  17: { written: [6600], practical: [null] },
  18: { written: [6600], practical: [5000, 7600] },
  20: { written: [5000], practical: [7000] },
  21: { written: [7000], practical: [7000] },
};

/** Step 5, first part: the officer ends the sessions, the assessor enters the marks of both parts and of second tries. */
export async function enterExams(
  book: Notebook,
  { id: runId, endsOn }: OpenedRun,
  run: MarkedRun,
  { officer, assessor, trainer }: { officer: Person; assessor: Person; trainer: Person },
): Promise<Map<string, DemoVerdict>> {
  const finished = await officer.ask<{ finishCourseRun: { status?: string } }>(FINISH, { input: { runId } });
  book.check('دوره پایان یافت', 'the run is finished', finished.finishCourseRun.status, 'FINISHED');

  const random = seeded(14_051_122);
  const mark = (from: number) => from + 25 * Math.floor((random() * (10_000 - from)) / 25);
  const tries = new Map<string, Tries>(
    run.trainees.map(({ id }, at) => [id, special[at] ?? { written: [mark(5200)], practical: [mark(7200)] }]),
  );
  // The tries of a part are on different days; the practical part comes with or after the written one that was passed.
  const held: [Part, number, string][] = [
    ['WRITTEN', 0, addDays(endsOn, 1)],
    ['WRITTEN', 1, addDays(endsOn, 2)],
    ['PRACTICAL', 0, addDays(endsOn, 2)],
    ['PRACTICAL', 1, addDays(endsOn, 3)],
  ];
  const entered: (string | number | null)[][] = [];
  for (const [part, at, satOn] of held) {
    const marks = [...tries].flatMap(([enrolmentId, own]) => {
      const list = own[part === 'WRITTEN' ? 'written' : 'practical'];
      if (list.length <= at) return [];
      return [{ enrolmentId, markHundredths: list[at] ?? null, absent: list[at] === null }];
    });
    await enter(assessor, { runId, part, satOn, marks });
    for (const { enrolmentId, markHundredths, absent } of marks)
      entered.push([enrolmentId, part, at + 1, satOn, markHundredths, absent ? 'yes' : 'no']);
  }
  await book.table('exam-marks.csv', ['enrolment', 'part', 'try', 'satOn', 'markHundredths', 'absent'], entered);

  const failed = run.trainees[5]!.id;
  const practical = { runId, part: 'PRACTICAL', satOn: addDays(endsOn, 3) };
  const tooSoon = { ...practical, marks: [{ enrolmentId: failed, markHundredths: 9000 }] };
  book.check(
    'عملی پیش از قبولی کتبی پذیرفته نمی‌شود',
    'no practical part before a passed written one',
    await refusedMarks(assessor, tooSoon),
    'WRITTEN_NOT_PASSED',
  );
  book.check(
    'مربی نمره وارد نمی‌کند',
    'a trainer enters no exam marks',
    await trainer.refusal(ENTER, { input: tooSoon }),
    'FORBIDDEN',
  );

  const verdicts = new Map([...tries].map(([id, own]) => [id, recountVerdict(own, run.totals.get(id)!, run)]));
  const { examSheet } = await assessor.ask<{ examSheet: { rows: SheetRow[] } }>(SHEET, { runId });
  const found = examSheet.rows.map(({ enrolmentId, standing, shortfalls, ...marks }) => {
    return { enrolmentId, passed: standing === 'PASSED', shortfalls: [...shortfalls].sort(), ...marks };
  });
  const wanted = examSheet.rows.map(({ enrolmentId }) => {
    const { shortfalls, ...marks } = verdicts.get(enrolmentId)!;
    const ofExam = shortfalls.filter((name) => !/ABSENCE|ATTENDANCE|UNEXCUSED/.test(name));
    return { enrolmentId, passed: ofExam.length === 0, shortfalls: ofExam, ...marks };
  });
  book.check(
    'نمره و نتیجهٔ هر فراگیر با شمارش خودمان یکی است',
    "everyone's marks and verdict equal our own count",
    found,
    wanted,
  );
  return verdicts;
}

type Answer = { enterExamMarks: { reason?: string } };

async function refusedMarks(assessor: Person, input: object): Promise<string | undefined> {
  return (await assessor.ask<Answer>(ENTER, { input })).enterExamMarks.reason;
}

async function enter(assessor: Person, input: object): Promise<void> {
  const reason = await refusedMarks(assessor, input);
  if (reason) throw new Error(`The exam marks are refused: ${reason}`);
}
