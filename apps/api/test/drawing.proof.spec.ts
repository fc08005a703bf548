import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Role } from '@app/access';
import { DocumentState, StoredDocument } from '@app/documents';
import { addDays } from '@app/persian';
import { SYSTEM } from '@app/platform';
import { newEnrolments, newPlace, newRun, qualifiedRun, type TestPlace } from '@app/testing';
import { AttendanceMark, AttendanceStatus, CourseRunStatus } from '@app/training';
import { BuiltProduct, FULL, type RunningProcess, until } from './built-product.js';
import { Person } from './test-api.js';

const PEOPLE = FULL ? 500 : 60;
const SESSIONS = 40;
const TODAY = '2026-11-21';

const ORDER_PAPER = `mutation ($input: OrderPaperInput!) {
  orderPaper(input: $input) { __typename ... on OrderPaperRefused { reason } }
}`;
const REQUEST_REPORT =
  'mutation ($input: AttendanceReportInput!) { requestAttendanceReport(input: $input) { pdf { id } } }';
const ISSUE = 'mutation ($input: IssueCertificatesInput!) { issueCertificates(input: $input) { __typename } }';

describe('papers of the built product, when one process answers people and draws', () => {
  let product: BuiltProduct;
  let api: RunningProcess;
  let place: TestPlace;
  let officer: Person;
  let manager: Person;

  beforeAll(async () => {
    product = await BuiltProduct.open('');
    api = await product.startApi({ DRAWING_THREADS: '2' });
    place = await newPlace(product.backend, { roomCapacity: PEOPLE });
    const { provinceCode, id: officeId } = place.county;
    const office = { provinceCode, officeId };
    officer = await product.signedIn(api, 'officer', { role: Role.COUNTY_OFFICER, ...office });
    const ofInstitute = { ...office, instituteId: place.institute.id };
    manager = await product.signedIn(api, 'manager', { role: Role.INSTITUTE_MANAGER, ...ofInstitute });
  }, 300_000);
  afterAll(() => product.close(), 30_000);

  const documents = () => product.backend.database.read((tx) => tx.repo(StoredDocument).find());
  /** Waits until nothing is left to draw. */
  const drawn = () =>
    until(
      async () => (await documents()).every(({ state }) => state === DocumentState.READY),
      120,
      'all papers are ready',
    );

  it('are found and drawn by a thread, each kind of them', async () => {
    const { backend } = product;
    const running = await newRun(backend, place, { status: CourseRunStatus.RUNNING });
    const finished = await newRun(backend, place, { status: CourseRunStatus.FINISHED });
    const { run: passed } = await qualifiedRun(backend, 3, place);
    for (const run of [running, finished]) await newEnrolments(backend, run, 3);

    const labels = { columns: 3, rows: 8, widthMm: 60, heightMm: 30, topMm: 10, rightMm: 10 };
    const sitting = { part: 'WRITTEN', day: addDays(TODAY, 7), startMinute: 540, place: 'کارگاه ۱' };
    const letter = { addressee: 'INSTITUTE', request: 'تمدید دوره', reason: 'مهلت آن گذشته است' };
    const papers: [Person, object][] = [
      [officer, { kind: 'ATTENDANCE_SHEET', runId: running.id }],
      [officer, { kind: 'ATTENDANCE_MONTH', runId: running.id, month: TODAY }],
      [officer, { kind: 'CLASS_LIST', runId: running.id }],
      [officer, { kind: 'LABELS', runId: running.id, labels }],
      [officer, { kind: 'LETTER_OF_REFUSAL', runId: running.id, letter }],
      [officer, { kind: 'LETTER_OF_THANKS', runId: finished.id, letter: { addressee: 'TRAINER' } }],
      [officer, { kind: 'EXAM_LIST', runId: finished.id, sitting }],
      [officer, { kind: 'EXAM_CARDS', runId: finished.id, sitting }],
      [manager, { kind: 'COMPLETION_NOTICES', runId: passed.id }],
    ];
    for (const [person, input] of papers)
      expect(await person.do(ORDER_PAPER, { input })).toEqual({ orderPaper: { __typename: 'PaperOrder' } });
    await officer.do(REQUEST_REPORT, { input: { runId: running.id } });
    await officer.do(ISSUE, { input: { runId: passed.id } });
    await until(async () => (await documents()).length === papers.length + 3 + 3, 30, 'all papers are asked for');
    await drawn();
  }, 200_000);

  /** A running course whose sheets are all marked. */
  async function markedRun(sessions: number) {
    const { backend } = product;
    const days = Array.from({ length: sessions }, (_, at) => addDays(TODAY, at));
    const run = await newRun(backend, place, { status: CourseRunStatus.RUNNING, capacity: PEOPLE, days });
    const enrolments = await newEnrolments(backend, run, PEOPLE);
    for (const { id: enrolmentId } of enrolments)
      await backend.database.write(SYSTEM, (tx) =>
        tx.insertAll(
          AttendanceMark,
          run.sessions.map(({ id: sessionId }, at) => ({
            ...{ runId: run.id, enrolmentId, sessionId, term: 1405, markedAt: new Date(), markedBy: SYSTEM.userId },
            ...(at % 5
              ? { status: AttendanceStatus.PRESENT, presentMinutes: 240 }
              : { status: AttendanceStatus.EXCUSED, presentMinutes: 0 }),
          })),
        ),
      );
    return run;
  }

  /** How long the process that answers was held up at most while it drew, in milliseconds. */
  async function heldUp(threads: number): Promise<number> {
    const run = await markedRun(SESSIONS);
    await api.stop();
    api = await product.startApi({ DRAWING_THREADS: String(threads) });
    officer = new Person(api.url, officer.cookie);
    await longestDelay(api.url);
    await officer.do(REQUEST_REPORT, { input: { runId: run.id } });
    let longest = 0;
    for (let ready = false; !ready; await sleep(50)) {
      ready = (await documents()).every(({ state }) => state === DocumentState.READY);
      longest = Math.max(longest, await longestDelay(api.url));
    }
    return longest;
  }

  it(`leave it free to answer while a report of ${PEOPLE} x ${SESSIONS} is drawn`, async () => {
    const [inThreads, inPlace] = [await heldUp(2), await heldUp(0)];
    process.stderr.write(`held up ${inThreads} ms with threads, ${inPlace} ms in place\n`);
    expect(inThreads).toBeLessThan(inPlace);
    // On a machine that has nothing else to do.
    if (FULL) expect(inThreads).toBeLessThan(100);
  }, 300_000);

  it('end within a second when they are cancelled, and leave no file', async () => {
    await api.stop();
    api = await product.startApi({ DRAWING_THREADS: '2' });
    officer = new Person(api.url, officer.cookie);
    const run = await markedRun(FULL ? 200 : SESSIONS);
    const asked = await officer.do<{ requestAttendanceReport: Record<string, { id: string }> }>(
      'mutation ($input: AttendanceReportInput!) { requestAttendanceReport(input: $input) { pdf { id } xlsx { id } csv { id } } }',
      { input: { runId: run.id } },
    );
    const ids = Object.values(asked.requestAttendanceReport).map(({ id }) => id);
    const own = async () => (await documents()).filter(({ id }) => ids.includes(id));
    if (FULL) await until(async () => (await own()).some(({ state }) => state === DocumentState.DRAWING), 10, 'begun');
    // Not before the thread has the model in hand.
    if (FULL) await sleep(300);
    for (const id of ids) await officer.do('mutation ($id: ID!) { cancelDocument(id: $id) { __typename } }', { id });
    const since = performance.now();
    const jobs = () => product.backend.database.read((tx) => tx.query('SELECT id FROM job'));
    await until(async () => (await jobs()).length === 0, 10, 'the job is over');
    const took = performance.now() - since;
    process.stderr.write(`ended ${took.toFixed(0)} ms after it was cancelled\n`);
    expect(took).toBeLessThan(FULL ? 1000 : 5000);
    // Each is ready or was never there: the files of a report are drawn one after another.
    const ends = (await own()).map(({ state, sha256 }) => `${state} ${sha256 ? 'with' : 'without'} a file`);
    expect(ends).toContain('CANCELLED without a file');
    expect(new Set([...ends, 'READY with a file'])).toEqual(new Set(['CANCELLED without a file', 'READY with a file']));
  }, 300_000);
});

/** The longest delay of the process's loop since this was last asked, in milliseconds. */
async function longestDelay(url: string): Promise<number> {
  const figures = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(figures)?.[1]) * 1000;
}
