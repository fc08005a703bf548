import { addDays, dayInTehran, formatJalali, formatMinutesAsHours, isoWeekday, toPersianDigits } from '@app/persian';
import type { Notebook } from './notebook.js';
import type { Person } from './person.js';

/** What the officer wishes to open, by the names people use. */
interface Wish {
  institute: string;
  standardCode: string;
  room: string;
  capacity: number;
  startMinute: number;
  endMinute: number;
}

/** A wish with the ids of the API in it. */
interface RunInput {
  instituteId: string;
  standardId: string;
  trainerId: string;
  roomId: string;
  capacity: number;
  startsOn: string;
  weekdays: number[];
  startMinute: number;
  endMinute: number;
}

interface Refusal {
  reason: string;
  runNumber: string | null;
}

interface Plan {
  plannedMinutes: number;
  endsOn: string | null;
  refused: Refusal[];
  sessions: { day: string; startMinute: number; endMinute: number }[];
  skipped: { day: string; kind: 'WEEKLY' | 'HOLIDAY'; titleFa: string; titleEn: string; certainty: string }[];
}

/** The first start to try, how many days to go on from one that is taken, and the day before which the run must end. */
interface Weeks {
  from: string;
  step: number;
  until: string;
}

/** A course run that was opened. */
export interface OpenedRun {
  id: string;
  number: string;
  startsOn: string;
  endsOn: string;
}

/** The course runs of the demo. */
export interface OpenedRuns {
  carpet: OpenedRun;
  food: OpenedRun;
  xls: OpenedRun;
  csv: OpenedRun;
}

const EVERY_DAY = [6, 7, 1, 2, 3, 4, 5];
const CARPET = '731899000000001';
const PASTRY = '751299000000001';
const CARPET_INSTITUTE = 'آموزشگاه قالی‌بافی نقش مینودر';
const WORKSHOP = 'کارگاه قالی‌بافی';

const carpet: Wish = {
  ...{ institute: CARPET_INSTITUTE, standardCode: CARPET, room: WORKSHOP, capacity: 24 },
  ...{ startMinute: 8 * 60, endMinute: 16 * 60 },
};
const food: Wish = {
  ...{ institute: 'آموزشگاه شیرینی‌پزی هفت‌سین', standardCode: PASTRY, room: 'تالار صنایع غذایی', capacity: 200 },
  ...{ startMinute: 9 * 60, endMinute: 13 * 60 },
};
/** Half days, one after the other: both are free of the other, though room and trainer are the same. */
const morning: Wish = { ...carpet, capacity: 30, startMinute: 8 * 60, endMinute: 12 * 60 };
const afternoon: Wish = { ...morning, startMinute: 13 * 60, endMinute: 17 * 60 };

const PLAN = `query ($input: CourseRunInput!) { planCourseRun(input: $input) {
  plannedMinutes endsOn refused { reason runNumber } sessions { day startMinute endMinute }
  skipped { day kind titleFa titleEn certainty } } }`;
const OPEN = `mutation ($input: CourseRunInput!) { openCourseRun(input: $input) {
  ... on CourseRun { id number startsOn endsOn demo } ... on CourseRunRefused { reason runNumber } } }`;

/** Step 1: the officers plan course runs, open them, and are told what stands against others. */
export async function openRuns(book: Notebook, officer: Person, neighbour: Person): Promise<OpenedRuns> {
  const today = dayInTehran(new Date());
  // The run of the demo is entered late, so that its sessions and exams are over today.
  const past = { from: addDays(today, -77), step: -7, until: addDays(today, -3) };
  const { run: opened, input, plan } = await planAndOpen(book, officer, carpet, past);
  const { number } = opened;
  book.check('کاغذهای دورهٔ نمایشی نشان‌دار است', 'the run is marked as a demo', opened.demo, true);

  const again = await planOf(officer, input);
  book.check(
    'همان کارگاه و همان مربی در همان ساعت پذیرفته نمی‌شود',
    'the same room and trainer at the same time are refused, with the run in the way',
    again.refused,
    [
      { reason: 'ROOM_TAKEN', runNumber: number },
      { reason: 'TRAINER_TAKEN', runNumber: number },
    ],
  );
  book.check('بازکردن آن هم پذیرفته نمی‌شود', 'nor can it be opened', await refusedOpening(officer, input), {
    reason: 'ROOM_TAKEN',
    runNumber: number,
  });
  const otherRoom = await inputOf(officer, { ...carpet, room: 'کلاس نظری' }, input.startsOn);
  book.check(
    'مربی در کارگاه دیگر هم آزاد نیست',
    'nor is the trainer free for another room',
    await refusedOpening(officer, otherRoom),
    { reason: 'TRAINER_TAKEN', runNumber: number },
  );
  const lapsed = { institute: 'آموزشگاه آشپزی طعم خانه', standardCode: PASTRY, room: 'آشپزخانهٔ آموزشی', capacity: 10 };
  const unlicensed = await inputOf(neighbour, { ...food, ...lapsed }, addDays(today, 7));
  book.check(
    'پروانهٔ پایان‌یافته پذیرفته نمی‌شود',
    'an expired licence is refused',
    (await refusedOpening(neighbour, unlicensed))?.reason,
    'LICENCE_EXPIRED',
  );

  const soon = { from: addDays(today, 7), step: 7, until: addDays(today, 800) };
  const later = (wish: Wish) => planAndOpen(book, officer, wish, soon);
  const [inHall, inMorning, inAfternoon] = [await later(food), await later(morning), await later(afternoon)];
  tellHolidays(book, [plan, inHall.plan, inMorning.plan, inAfternoon.plan]);
  return { carpet: opened, food: inHall.run, xls: inMorning.run, csv: inAfternoon.run };
}

/** The holidays that were left out, each once, with how sure its day is. */
function tellHolidays(book: Notebook, plans: Plan[]): void {
  const holidays = plans.flatMap(({ skipped }) => skipped.filter(({ kind }) => kind === 'HOLIDAY'));
  for (const { day, titleFa, titleEn, certainty } of new Map(
    holidays.map((holiday) => [holiday.day, holiday]),
  ).values())
    book.say(
      `تعطیل ${formatJalali(day)}: ${titleFa}، ${CERTAINTY[certainty] ?? certainty}`,
      `holiday ${day}: ${titleEn}, ${certainty.toLowerCase()}`,
    );
}

const CERTAINTY: Record<string, string> = {
  FIXED: 'ثابت',
  PUBLISHED: 'اعلام‌شده',
  PREDICTED: 'پیش‌بینی، شاید یک روز جابه‌جا شود',
  ESTIMATED: 'برآورد، شاید یک روز جابه‌جا شود',
};

/** Opens a run in the first week that is free, and holds its plan against the calendar. */
async function planAndOpen(book: Notebook, officer: Person, wish: Wish, weeks: Weeks) {
  const { input, plan } = await place(officer, wish, weeks);
  const run = await open(officer, input);
  await tellPlan(book, officer, run, plan);
  return { run, input, plan };
}

/** Every day of the plan is a session or is left out with its reason. */
async function tellPlan(book: Notebook, officer: Person, run: OpenedRun, plan: Plan): Promise<void> {
  const { number, startsOn, endsOn } = run;
  const { sessions, skipped, plannedMinutes } = plan;
  const weekly = skipped.filter(({ kind }) => kind === 'WEEKLY');
  book.say(
    `دورهٔ ${toPersianDigits(number)}: ${toPersianDigits(sessions.length)} جلسه، ${formatMinutesAsHours(plannedMinutes)}، ${formatJalali(startsOn)} تا ${formatJalali(endsOn)}، ${toPersianDigits(weekly.length)} جمعهٔ تعطیل`,
    `run ${number}: ${sessions.length} sessions, ${plannedMinutes / 60} hours, ${startsOn} to ${endsOn}, ${weekly.length} Fridays left out`,
  );
  const { holidays } = await officer.ask<{ holidays: { day: string }[] }>(
    'query ($from: Day!, $to: Day!) { holidays(from: $from, to: $to) { day } }',
    { from: startsOn, to: endsOn },
  );
  const closed = new Set(holidays.map(({ day }) => day));
  const open: string[] = [];
  const shut: string[] = [];
  for (let day = startsOn; day <= endsOn; day = addDays(day, 1))
    (isoWeekday(day) === 5 || closed.has(day) ? shut : open).push(day);
  book.check(
    `${number}: جلسه‌ها در روزهای باز است و نه در جمعه و تعطیل رسمی`,
    `${number}: sessions are on all open days, none on a Friday or holiday`,
    [sessions.map(({ day }) => day), skipped.map(({ day }) => day)],
    [open, shut],
  );
  const minutes = sessions.reduce((sum, { startMinute, endMinute }) => sum + endMinute - startMinute, 0);
  book.check(
    `${number}: جلسه‌ها به ساعت استاندارد می‌رسد`,
    `${number}: sessions come to the standard's minutes`,
    minutes,
    plannedMinutes,
  );
}

/** Looks for the first week in which nothing stands against a wish. */
async function place(
  officer: Person,
  wish: Wish,
  { from, step, until }: Weeks,
): Promise<{ input: RunInput; plan: Plan }> {
  let input = await inputOf(officer, wish, from);
  for (;;) {
    const plan = await planOf(officer, input);
    const taken = plan.refused.every(({ reason }) => reason === 'ROOM_TAKEN' || reason === 'TRAINER_TAKEN');
    if (!taken) throw new Error(`No run of ${wish.standardCode} can be opened: ${JSON.stringify(plan.refused)}`);
    if (plan.refused.length === 0 && plan.endsOn! < until) return { input, plan };
    input = { ...input, startsOn: addDays(input.startsOn, step) };
  }
}

/** Finds by name what the officer would choose on a page. */
async function inputOf(officer: Person, wish: Wish, startsOn: string): Promise<RunInput> {
  const { institute, standardCode, room, ...rest } = wish;
  const { institutes, standards } = await officer.ask<{
    institutes: { items: { id: string; rooms: { id: string; name: string }[] }[] };
    standards: { items: { id: string }[] };
  }>(
    `query ($institute: String!, $standard: String!) {
       institutes(search: $institute) { items { id rooms { id name } } }
       standards(search: $standard) { items { id } } }`,
    { institute, standard: standardCode },
  );
  const [found, standard] = [only(institutes.items, institute), only(standards.items, standardCode)];
  const { trainers } = await officer.ask<{ trainers: { items: { id: string }[] } }>(
    `query ($instituteId: ID!, $standardId: ID!) {
       trainers(instituteId: $instituteId, standardId: $standardId) { items { id } } }`,
    { instituteId: found.id, standardId: standard.id },
  );
  return {
    ...{ ...rest, startsOn, weekdays: EVERY_DAY },
    instituteId: found.id,
    standardId: standard.id,
    trainerId: only(trainers.items, `trainer of ${standardCode}`).id,
    roomId: only(
      found.rooms.filter(({ name }) => name === room),
      room,
    ).id,
  };
}

function only<T>(items: readonly T[], name: string): T {
  if (items.length !== 1) throw new Error(`${items.length} of ${name}`);
  return items[0]!;
}

const planOf = async (officer: Person, input: RunInput) =>
  (await officer.ask<{ planCourseRun: Plan }>(PLAN, { input })).planCourseRun;

type Opening = (OpenedRun & { demo: boolean }) | Refusal;

const opening = async (officer: Person, input: RunInput) =>
  (await officer.ask<{ openCourseRun: Opening }>(OPEN, { input })).openCourseRun;

async function open(officer: Person, input: RunInput): Promise<OpenedRun & { demo: boolean }> {
  const answer = await opening(officer, input);
  if ('reason' in answer) throw new Error(`The run is refused: ${answer.reason}`);
  return answer;
}

async function refusedOpening(officer: Person, input: RunInput): Promise<Refusal | null> {
  const answer = await opening(officer, input);
  return 'reason' in answer ? answer : null;
}
