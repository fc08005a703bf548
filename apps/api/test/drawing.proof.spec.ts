import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
const REQUEST_REPORT = `mutation ($input: AttendanceReportInput!) {
  requestAttendanceReport(input: $input) { pdf { id } xlsx { id } csv { id } }
}`;
const CANCEL = `mutation ($id: ID!) {
  cancelDocument(id: $id) { ... on StoredDocument { state } ... on CancelDocumentRefused { reason } }
}`;
const ISSUE = 'mutation ($input: IssueCertificatesInput!) { issueCertificates(input: $input) { __typename } }';

describe('papers of the built product, when one process answers people and draws', () => {
  let product: BuiltProduct;
  let api: RunningProcess;
  let place: TestPlace;
  let officer: Person;
  let manager: Person;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'turns-'));
    product = await BuiltProduct.open('');
    api = await product.startApi({ DRAWING_THREADS: '2' });
    place = await newPlace(product.backend, { roomCapacity: PEOPLE });
    const { provinceCode, id: officeId } = place.county;
    const office = { provinceCode, officeId };
    officer = await product.signedIn(api, 'officer', { role: Role.COUNTY_OFFICER, ...office });
    const ofInstitute = { ...office, instituteId: place.institute.id };
    manager = await product.signedIn(api, 'manager', { role: Role.INSTITUTE_MANAGER, ...ofInstitute });
  }, 300_000);
  afterAll(async () => {
    await product.close();
    await rm(folder, { recursive: true });
  }, 30_000);

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
      [officer, { kind: 'ATTENDANCE_REPORT', runId: running.id, month: TODAY }],
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

  /** Starts the process anew; `noted` are the turns of its loop that took long. */
  async function startedAnew(threads: number): Promise<() => Turn[]> {
    await api.stop();
    const turns = join(folder, `turns-${threads}`);
    await writeFile(turns, '');
    api = await product.startApi({ DRAWING_THREADS: String(threads), NODE_OPTIONS: `--import=${notesTurns(turns)}` });
    officer = new Person(api.url, officer.cookie);
    return () =>
      readFileSync(turns, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((turn) => JSON.parse(turn) as Turn);
  }

  /** How long the process that answers was held up at most while it drew, in milliseconds. */
  async function heldUp(threads: number, runId: string) {
    const noted = await startedAnew(threads);
    await sleep(500);
    const since = Date.now();
    await officer.do(REQUEST_REPORT, { input: { runId } });
    await drawn();
    await sleep(100);
    const turns = noted().filter(({ at }) => at > since);
    const longest = (of: 'cpu' | 'clock') => Math.round(Math.max(0, ...turns.map((turn) => turn[of])));
    process.stderr.write(
      `${threads} threads: held up ${longest('cpu')} ms of CPU, ${longest('clock')} ms by the clock\n`,
    );
    return longest('cpu');
  }

  it(`leave it free to answer while a report of ${PEOPLE} x ${SESSIONS} is drawn`, async () => {
    const { id } = await markedRun(SESSIONS);
    const [inThreads, inPlace] = [await heldUp(2, id), await heldUp(0, id)];
    expect(inThreads).toBeLessThan(inPlace);
    if (FULL) expect(inThreads).toBeLessThan(100);
  }, 300_000);

  /** Asks for the files of a report, and takes the wish back so many milliseconds after the first of them is begun. */
  async function cancelled(runId: string, after: number) {
    const asked = await officer.do<{ requestAttendanceReport: Record<string, { id: string }> }>(REQUEST_REPORT, {
      input: { runId },
    });
    const ids = Object.values(asked.requestAttendanceReport).map(({ id }) => id);
    const own = async () => (await documents()).filter(({ id }) => ids.includes(id));
    await until(async () => (await own()).some(({ state }) => state === DocumentState.DRAWING), 10, 'begun');
    await sleep(after);
    const since = performance.now();
    const answers = await Promise.all(ids.map((id) => officer.do(CANCEL, { id })));
    const answered = performance.now() - since;
    const jobs = () => product.backend.database.read((tx) => tx.query('SELECT id FROM job'));
    await until(async () => (await jobs()).length === 0, 10, 'the job is over');
    const took = performance.now() - since;
    const busy = await busyFor(api.url, 500);
    process.stderr.write(
      `cancelled after ${after} ms: answered in ${answered.toFixed(0)} ms, over in ${took.toFixed(0)} ms, then busy for ${busy} of 500\n`,
    );
    return { took, busy, answers, ends: (await own()).map(({ state, sha256 }) => [state, sha256 !== null]) };
  }

  it('end within a second when they are cancelled, whatever they are at, and leave no file', async () => {
    await startedAnew(2);
    // Its reading takes longer than a second, and its drawing too.
    const { id } = await markedRun(FULL ? 400 : SESSIONS);
    const times: number[] = [];
    for (const after of FULL ? [0, 300, 800] : [0]) {
      const { took, busy, answers, ends } = await cancelled(id, after);
      expect(answers).toEqual(Array(3).fill({ cancelDocument: { state: 'CANCELLED' } }));
      expect(ends).toEqual(Array(3).fill([DocumentState.CANCELLED, false]));
      // A thread that draws on takes all of them.
      if (FULL) expect(busy).toBeLessThan(250);
      times.push(took);
    }
    expect(Math.max(...times)).toBeLessThan(FULL ? 1000 : 5000);
    await officer.do(REQUEST_REPORT, { input: { runId: id } });
    const states = async () => (await documents()).map(({ state }) => state);
    await until(async () => !(await states()).includes(DocumentState.CANCELLED), 5, 'they are asked for again');
    await drawn();
  }, 300_000);
});

interface Turn {
  at: number;
  cpu: number;
  clock: number;
}

/**
 * A module for a process to begin with: it writes down each turn of the loop that took more than 10 ms, with what the
 * thread itself was at work for. Where a machine has much to do, the clock tells most of others.
 */
function notesTurns(file: string): string {
  const program = `
    import { appendFileSync, readFileSync } from 'node:fs';
    const now = () => {
      const clock = performance.now();
      try { return { clock, cpu: Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6 }; }
      catch { return { clock, cpu: clock }; }
    };
    let before = now();
    setInterval(() => {
      const { clock, cpu } = now();
      const turn = { at: Date.now(), clock: clock - before.clock, cpu: cpu - before.cpu };
      if (turn.clock > 10) appendFileSync(${JSON.stringify(file)}, JSON.stringify(turn) + '\\n');
      before = now();
    }, 2).unref();`;
  return `data:text/javascript,${encodeURIComponent(program)}`;
}

/** For how many of these milliseconds a process is at work, on one core. */
async function busyFor(url: string, milliseconds: number): Promise<number> {
  const spent = async () => {
    const figures = await (await fetch(`${url}/metrics`)).text();
    return Number(/^process_cpu_seconds_total (\S+)/m.exec(figures)?.[1]) * 1000;
  };
  const before = await spent();
  await sleep(milliseconds);
  return Math.round((await spent()) - before);
}
