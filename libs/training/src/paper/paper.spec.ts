import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Actor } from '@app/access';
import {
  CancelRefusal,
  Documents,
  DocumentState,
  Drawing,
  fileKey,
  StoredDocument,
  UnusablePicture,
} from '@app/documents';
import { BusinessEvent, Forbidden, NotFound, SYSTEM } from '@app/platform';
import {
  emblem,
  MemoryFiles,
  newEnrolments,
  newPlace,
  newRun,
  pdfText,
  qualifiedRun,
  TestClock,
  type TestPlace,
  testDatabase,
  type TestRun,
} from '@app/testing';
import { AttendanceMark, AttendanceStatus } from '../attendance/attendance.entity.js';
import { AttendanceReportService } from '../attendance/attendance-report.service.js';
import { CourseRunStatus as Status } from '../course-run/course-run.entity.js';
import { ExamPart } from '../exam/exam-result.entity.js';
import { Emblems } from '../office/emblems.service.js';
import { Session, SessionStatus } from '../session/session.entity.js';
import { PaperJobs } from './paper.jobs.js';
import { papersOf, papersToOrder } from './paper.policy.js';
import {
  hasCompleted,
  LetterAddressee,
  type PaperDetails,
  PaperRefusal as Refusal,
  refusePaper,
} from './paper.rules.js';
import { PaperKind as Kind, PaperOrder } from './paper-order.entity.js';
import { PaperDrawService } from './paper-draw.service.js';
import { PaperModelService } from './paper-model.service.js';
import { PaperService } from './paper.service.js';

const nothing: PaperDetails = { grey: false, month: null, sitting: null, letter: null, labels: null };
const labels = {
  ...{ columns: 3, rows: 8, widthMm: 63.5, heightMm: 33.9, topMm: 12.9, rightMm: 7.2 },
  ...{ columnGapMm: 2.5, rowGapMm: 0, start: 1 },
};
const sitting = { part: ExamPart.WRITTEN, day: '2026-12-01', startMinute: 540, place: 'سالن ۱' };
const letter = {
  ...{ number: null, day: '2026-11-21', attachments: null, addressee: LetterAddressee.INSTITUTE },
  ...{ request: 'تغییر زمان', reason: 'کارگاه جا ندارد' },
};

describe('the rules of a paper', () => {
  const facts = { status: Status.FINISHED, endsOn: '2026-11-22', sessionCount: 2, personCount: 5 };
  it.each<[string, Kind, Partial<PaperDetails>, Partial<typeof facts>, Refusal | null]>([
    ['a sheet for a run that is over', Kind.ATTENDANCE_SHEET, {}, {}, Refusal.NOT_IN_THIS_STATE],
    ['a sheet before anyone is enrolled', Kind.ATTENDANCE_SHEET, {}, { status: Status.APPROVED, personCount: 0 }, null],
    [
      'cards while the course runs',
      Kind.EXAM_CARDS,
      { sitting },
      { status: Status.RUNNING },
      Refusal.NOT_IN_THIS_STATE,
    ],
    ['cards without a sitting', Kind.EXAM_CARDS, {}, {}, Refusal.DETAILS_MISSING],
    ['cards for nobody', Kind.EXAM_CARDS, { sitting }, { personCount: 0 }, Refusal.NOBODY_TO_NAME],
    [
      'an exam on a day of the course',
      Kind.EXAM_LIST,
      { sitting: { ...sitting, day: '2026-11-21' } },
      {},
      Refusal.EXAM_BEFORE_COURSE_ENDS,
    ],
    [
      'a month without sessions',
      Kind.ATTENDANCE_REPORT,
      { month: '2026-01-01' },
      { sessionCount: 0 },
      Refusal.NO_SESSION_IN_MONTH,
    ],
    [
      'a refusal without a reason',
      Kind.LETTER_OF_REFUSAL,
      { letter: { ...letter, reason: '' } },
      {},
      Refusal.DETAILS_MISSING,
    ],
    [
      'a letter about a run that was called off',
      Kind.LETTER_OF_REFUSAL,
      { letter },
      { status: Status.CANCELLED },
      null,
    ],
    ['labels that lie on the page', Kind.LABELS, { labels }, {}, null],
    ['a column too many', Kind.LABELS, { labels: { ...labels, columns: 4 } }, {}, Refusal.LABELS_OFF_PAGE],
    ['a row too many', Kind.LABELS, { labels: { ...labels, rows: 9 } }, {}, Refusal.LABELS_OFF_PAGE],
    ['a start after the last label', Kind.LABELS, { labels: { ...labels, start: 25 } }, {}, Refusal.LABELS_OFF_PAGE],
  ])('%s', (_, kind, details, changed, refusal) => {
    expect(refusePaper(kind, { ...nothing, ...details }, { ...facts, ...changed })).toBe(refusal);
  });

  it.each([
    ['at the limit of unexcused absence', { unexcusedMinutes: 150 }, true],
    ['a minute over it', { unexcusedMinutes: 151 }, false],
    ['at the limit of all absence', { excusedMinutes: 100, unexcusedMinutes: 150 }, true],
    ['a minute over it, all of it excused', { excusedMinutes: 251 }, false],
    ['with a session that nobody entered', { notEnteredMinutes: 1 }, false],
  ])('%s the course is completed: %s', (_, absence, completed) => {
    const none = { plannedMinutes: 1000, excusedMinutes: 0, unexcusedMinutes: 0, notEnteredMinutes: 0 };
    expect(hasCompleted({ ...none, ...absence }, { unexcusedLimitPercent: 15, totalLimitPercent: 25 })).toBe(completed);
  });
});

describe('ordering a paper', () => {
  const db = testDatabase();
  const clock = new TestClock('2026-11-21');
  const files = new MemoryFiles();
  let place: TestPlace;
  let papers: PaperService;
  let jobs: PaperJobs;
  let documents: Documents;
  let emblems: Emblems;

  beforeAll(async () => {
    place = await newPlace(db);
    documents = new Documents(db.database, files, db.keys, clock);
    emblems = new Emblems(documents);
    const models = new PaperModelService(clock, emblems);
    papers = new PaperService(db.database, documents, models, clock, db.keys);
    papers.onModuleInit();
    const drawing = new Drawing(0);
    const reports = new AttendanceReportService(db.database, documents, drawing, clock, emblems);
    jobs = new PaperJobs(new PaperDrawService(db.database, documents, models, reports, emblems, drawing));
  });

  /** A run of so many people, in two Jalali months. */
  async function classOf(many: number, status = Status.APPROVED): Promise<TestRun> {
    const run = await newRun(db, place, { status, days: ['2026-11-20', '2026-11-21', '2026-11-22'] });
    await newEnrolments(db, run, many);
    return run;
  }
  const orderOf = (actor: Actor, run: { id: string }, kind: Kind, details = {}) =>
    papers.order(actor, { runId: run.id, kind, ...details } as Parameters<PaperService['order']>[1]);
  const fileOf = async ({ document }: { document: { id: string } }) => {
    const stored = await db.database.read((tx) => tx.get(StoredDocument, { id: document.id }));
    expect(stored.state).toBe(DocumentState.READY);
    return pdfText(await files.get(fileKey(stored.sha256!)));
  };
  const drawn = async (order: Awaited<ReturnType<typeof orderOf>>) => {
    await jobs.drawPaper({ orderId: order.id, runId: '' });
    return (await fileOf(order)).join('\n');
  };

  it('draws what was ordered, of the run as it is by then', async () => {
    const run = await classOf(2);
    const order = await orderOf(place.manager, run, Kind.CLASS_LIST);
    expect(order.document.state).toBe(DocumentState.WAITING);
    await newEnrolments(db, run, 1);
    const text = await drawn(order);
    expect(text).toContain('فهرست کلاس');
    expect(text.split('زهرا').length - 1).toBe(3);
  });

  it('is one paper however often the same is ordered, and another with other details', async () => {
    const run = await classOf(1);
    const sheet = (details = {}) => orderOf(place.teacher, run, Kind.ATTENDANCE_SHEET, details);
    const [first, again] = await Promise.all([sheet(), sheet()]);
    expect(again.document.id).toBe(first.document.id);
    expect((await sheet({ grey: true })).document.id).not.toBe(first.document.id);
    expect(await db.database.read((tx) => tx.repo(PaperOrder).countBy({ runId: run.id }))).toBe(2);
  });

  it('draws once for an order, however often its job runs', async () => {
    const order = await orderOf(place.teacher, await classOf(1), Kind.ATTENDANCE_SHEET);
    const rowOf = () => db.database.read((tx) => tx.get(StoredDocument, { id: order.document.id }));
    await drawn(order);
    const before = await rowOf();
    clock.set('2026-11-22');
    await drawn(order);
    clock.set('2026-11-21');
    expect(await rowOf()).toEqual(before);
  });

  it('carries the emblem of the province, and is refused by name when its file is gone', async () => {
    const run = await classOf(1, Status.FINISHED);
    const hashes: string[] = [];
    emblems.keptBy((_, provinceCode) => Promise.resolve(provinceCode === '15' ? (hashes[0] ?? null) : null));
    const pictures = async (kind: Kind, details = {}) => {
      const order = await orderOf(place.officer, run, kind, { grey: hashes.length > 0, ...details });
      await jobs.drawPaper({ orderId: order.id, runId: '' });
      const { sha256 } = await db.database.read((tx) => tx.get(StoredDocument, { id: order.document.id }));
      return sha256 && (await files.get(fileKey(sha256))).toString('latin1').split('/Subtype/Image').length - 1;
    };
    const report = { month: '2026-11-21' };
    expect(await pictures(Kind.CLASS_LIST)).toBe(0);
    ({ sha256: hashes[0] } = await documents.store(emblem()));
    expect(await pictures(Kind.CLASS_LIST)).toBe(1);
    expect(await pictures(Kind.ATTENDANCE_REPORT, report)).toBe(1);
    await files.remove(fileKey(hashes[0]));
    for (const kind of [Kind.CLASS_LIST, Kind.ATTENDANCE_REPORT]) {
      const order = await orderOf(place.officer, run, kind, { ...(kind === Kind.ATTENDANCE_REPORT && report) });
      await jobs.drawPaper({ orderId: order.id, runId: '' });
      const { state, reason } = await documents.get(place.officer, order.document.id);
      expect([state, reason]).toEqual([DocumentState.FAILED, new UnusablePicture('emblem', 'MISSING').message]);
    }
    emblems.keptBy(() => Promise.resolve(null));
  });

  it('says on the document why a paper could not be drawn', async () => {
    const order = await orderOf(place.teacher, await classOf(1), Kind.ATTENDANCE_SHEET);
    await jobs.giveUp({ orderId: order.id, runId: '' }, 'no room');
    const stored = await documents.get(place.teacher, order.document.id);
    expect([stored.state, stored.reason]).toEqual([DocumentState.FAILED, 'no room']);
  });

  it('puts the sessions of one month on a sheet for a month, and refuses a month without any', async () => {
    const run = await classOf(1);
    const sheet = await drawn(await orderOf(place.teacher, run, Kind.ATTENDANCE_SHEET, { month: '2026-11-21' }));
    expect(sheet).toContain('آبان ۱۴۰۵');
    expect(sheet).toContain('۳۰ آبان');
    expect(sheet).not.toContain('۱ آذر');
    await expect(orderOf(place.teacher, run, Kind.ATTENDANCE_SHEET, { month: '2027-01-30' })).rejects.toMatchObject({
      reason: Refusal.NO_SESSION_IN_MONTH,
    });
  });

  it('reports on one month with the hours of that month, and on the whole course', async () => {
    const run = await newRun(db, place, { status: Status.RUNNING, days: ['2026-11-20', '2026-11-22'] });
    const [enrolment] = await newEnrolments(db, run, 1);
    await db.database.write(SYSTEM, async (tx) => {
      await tx.update(Session, { runId: run.id }, { status: SessionStatus.HELD });
      const mark = { runId: run.id, enrolmentId: enrolment!.id, term: 1405, markedAt: new Date(), markedBy: 'x' };
      const [aban, azar] = run.sessions;
      await tx.insertAll(AttendanceMark, [
        { ...mark, sessionId: aban!.id, status: AttendanceStatus.PRESENT, presentMinutes: 240 },
        { ...mark, sessionId: azar!.id, status: AttendanceStatus.LATE, presentMinutes: 180 },
      ]);
    });
    const report = async (month: string) => drawn(await orderOf(place.officer, run, Kind.ATTENDANCE_REPORT, { month }));
    const [aban, azar] = [await report('2026-11-21'), await report('2026-11-30')];
    expect(aban).toContain('گزارش حضور و غیاب آبان ۱۴۰۵');
    expect(aban).toContain('۴:۰۰');
    expect(aban).toContain('۱۰۰٪');
    expect(azar).toContain('۳:۰۰');
    expect(azar).toContain('۷۵٪');
    const whole = await drawn(await orderOf(place.officer, run, Kind.ATTENDANCE_REPORT, { grey: true }));
    expect(whole).toContain('۷:۰۰');
    expect(whole).not.toContain('گزارش حضور و غیاب آبان');
  });

  it('names on the papers of the exam only those who completed the course and may still try the part', async () => {
    const { run } = await qualifiedRun(db, 3, place);
    // All of them have passed both parts.
    await expect(orderOf(place.officer, run, Kind.EXAM_CARDS, { sitting })).rejects.toMatchObject({
      reason: Refusal.NOBODY_TO_NAME,
    });
    const untried = await classOf(2, Status.FINISHED);
    const text = await drawn(await orderOf(place.assessor, untried, Kind.EXAM_CARDS, { sitting }));
    expect(text.match(/کارت ورود/g)).toHaveLength(2);
    await expect(
      orderOf(place.assessor, untried, Kind.EXAM_LIST, { sitting: { ...sitting, part: ExamPart.PRACTICAL } }),
    ).rejects.toMatchObject({ reason: Refusal.NOBODY_TO_NAME });
  });

  it('gives no completion notice to someone whose absence is over the limit', async () => {
    const run = await newRun(db, place, { status: Status.FINISHED, days: ['2026-11-20', '2026-11-21'] });
    const [here, away] = await newEnrolments(db, run, 2);
    await db.database.write(SYSTEM, async (tx) => {
      await tx.update(Session, { runId: run.id }, { status: SessionStatus.HELD });
      const mark = { runId: run.id, term: 1405, markedAt: new Date(), markedBy: 'x' };
      const marks = (enrolmentId: string, status: AttendanceStatus, presentMinutes: number) =>
        run.sessions.map(({ id: sessionId }) => ({ ...mark, enrolmentId, sessionId, status, presentMinutes }));
      await tx.insertAll(AttendanceMark, [
        ...marks(here!.id, AttendanceStatus.PRESENT, 240),
        ...marks(away!.id, AttendanceStatus.UNEXCUSED, 0),
      ]);
    });
    const text = await drawn(await orderOf(place.manager, run, Kind.COMPLETION_NOTICES));
    expect(text.match(/گواهی می‌?شود/g)).toHaveLength(1);
  });

  it('draws every other paper, and names no programme, no fee and no referral', async () => {
    const run = await classOf(2, Status.FINISHED);
    const orders = await Promise.all([
      orderOf(place.officer, run, Kind.LABELS, { labels }),
      orderOf(place.officer, run, Kind.EXAM_LIST, { sitting }),
      orderOf(place.provincial, run, Kind.LETTER_OF_THANKS, { letter }),
      orderOf(place.officer, run, Kind.LETTER_OF_REFUSAL, { letter }),
      orderOf(place.manager, run, Kind.COMPLETION_NOTICES),
    ]);
    for (const order of orders) expect(await drawn(order)).not.toMatch(/شهریه|ریال|رایگان|معرفی‌?نامه|انجمن|سهمیه/);
  });

  it('keeps the reason of a letter out of the event and sealed in its row', async () => {
    const run = await classOf(1);
    await orderOf(place.officer, run, Kind.LETTER_OF_REFUSAL, { letter: { ...letter, reason: 'رازی که کس نداند' } });
    const [row] = await db.database.read((tx) =>
      tx.query<{ details: string }>('SELECT details FROM paper_order WHERE runId = ?', [run.id]),
    );
    expect(row!.details).not.toContain('راز');
    const events = await db.database.read((tx) => tx.repo(BusinessEvent).findBy({ name: 'PaperOrdered' }));
    expect(JSON.stringify(events)).not.toContain('راز');
  });

  it('is for the people of that paper only, and shows no other run', async () => {
    const run = await classOf(1);
    const stranger = await newPlace(db);
    await expect(orderOf(place.teacher, run, Kind.CLASS_LIST)).rejects.toThrow(Forbidden);
    await expect(orderOf(place.national, run, Kind.ATTENDANCE_SHEET)).rejects.toThrow(Forbidden);
    await expect(orderOf(stranger.manager, run, Kind.CLASS_LIST)).rejects.toThrow(NotFound);
    await expect(orderOf(stranger.teacher, run, Kind.ATTENDANCE_SHEET)).rejects.toThrow(NotFound);
    await expect(papers.list(stranger.manager, run.id)).rejects.toThrow(NotFound);

    const { document } = await orderOf(place.manager, run, Kind.CLASS_LIST);
    expect((await documents.get(place.officer, document.id)).id).toBe(document.id);
    for (const other of [place.teacher, place.assessor, place.national, stranger.manager, stranger.officer])
      await expect(documents.get(other, document.id)).rejects.toThrow(NotFound);
  });

  it('gives the report of a month as a sheet too, and any other paper as a PDF alone', async () => {
    const run = await classOf(2);
    const order = await orderOf(place.manager, run, Kind.ATTENDANCE_REPORT, { month: '2026-11-21', format: 'CSV' });
    expect(order.document).toMatchObject({
      fileName: expect.stringMatching(/\.csv$/),
      mimeType: 'text/csv; charset=utf-8',
    });
    await jobs.drawPaper({ orderId: order.id, runId: '' });
    const { sha256 } = await db.database.read((tx) => tx.get(StoredDocument, { id: order.document.id }));
    expect(Buffer.from(await files.get(fileKey(sha256!))).toString()).toContain('نام خانوادگی');
    const list = orderOf(place.manager, run, Kind.CLASS_LIST, { format: 'XLSX' });
    await expect(list).rejects.toMatchObject({ reason: Refusal.ONLY_ON_PAPER });
  });

  describe('that nobody wants any more', () => {
    const rowOf = ({ document }: { document: { id: string } }) =>
      db.database.read((tx) => tx.get(StoredDocument, { id: document.id }));
    const refused = (reason: CancelRefusal) => expect.objectContaining({ reason }) as unknown;

    it('is not drawn, and is drawn when it is ordered again', async () => {
      const run = await classOf(1);
      const order = await orderOf(place.manager, run, Kind.CLASS_LIST);
      expect((await documents.cancel(place.manager, order.document.id)).state).toBe(DocumentState.CANCELLED);
      await jobs.drawPaper({ orderId: order.id, runId: '' });
      await jobs.giveUp({ orderId: order.id, runId: '' }, 'no room');
      expect(await rowOf(order)).toMatchObject({ state: DocumentState.CANCELLED, sha256: null, reason: null });
      expect(await drawn(await orderOf(place.manager, run, Kind.CLASS_LIST))).toContain('فهرست کلاس');
    });

    it('stops within a second while it is drawn, and leaves no file', async () => {
      const order = await orderOf(place.manager, await classOf(1), Kind.CLASS_LIST);
      let begun: () => void = () => undefined;
      const inHand = new Promise<void>((resolve) => (begun = resolve));
      const endless = {
        one: (_: unknown, __: unknown, signal: AbortSignal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error));
            begun();
          }),
      } as unknown as Drawing;
      const reports = new AttendanceReportService(db.database, documents, endless, clock, emblems);
      const models = new PaperModelService(clock, emblems);
      const draws = new PaperDrawService(db.database, documents, models, reports, emblems, endless);
      const stored = jest.spyOn(files, 'put');
      const job = draws.draw(order.id);
      await inHand;
      const since = performance.now();
      await documents.cancel(place.manager, order.document.id);
      await job;
      expect(performance.now() - since).toBeLessThan(1000);
      expect(stored).not.toHaveBeenCalled();
      stored.mockRestore();
      expect((await rowOf(order)).state).toBe(DocumentState.CANCELLED);
    });

    it('is cancelled by who asked for it and by the office, and by nobody else', async () => {
      const run = await classOf(1);
      const order = await orderOf(place.teacher, run, Kind.ATTENDANCE_SHEET);
      const { id } = order.document;
      const other = await newPlace(db);
      await expect(documents.cancel(place.manager, id)).rejects.toEqual(refused(CancelRefusal.ASKED_BY_ANOTHER));
      await expect(documents.cancel(other.officer, id)).rejects.toThrow(NotFound);
      expect(documents.canCancel(place.manager, await rowOf(order))).toBe(false);
      expect(documents.canCancel(place.teacher, await rowOf(order))).toBe(true);
      await documents.cancel(place.officer, id);
      await expect(documents.cancel(place.officer, id)).rejects.toEqual(refused(CancelRefusal.NOT_BEING_DRAWN));
    });

    it('stands when it is ready', async () => {
      const order = await orderOf(place.manager, await classOf(1), Kind.CLASS_LIST);
      await drawn(order);
      const late = documents.cancel(place.manager, order.document.id);
      await expect(late).rejects.toEqual(refused(CancelRefusal.NOT_BEING_DRAWN));
      expect((await rowOf(order)).state).toBe(DocumentState.READY);
    });
  });

  it('lists to each viewer the papers they may open, and what they may order now', async () => {
    const run = await classOf(1);
    await orderOf(place.manager, run, Kind.CLASS_LIST);
    await orderOf(place.teacher, run, Kind.ATTENDANCE_SHEET);
    const kindsFor = async (actor: Actor) => (await papers.list(actor, run.id)).papers.map(({ kind }) => kind);
    expect(await kindsFor(place.manager)).toEqual([Kind.ATTENDANCE_SHEET, Kind.CLASS_LIST]);
    expect(await kindsFor(place.teacher)).toEqual([Kind.ATTENDANCE_SHEET]);
    expect(await kindsFor(place.national)).toEqual([]);
    expect((await papers.list(place.manager, run.id)).viewerCanOrder).toEqual([
      ...[Kind.ATTENDANCE_SHEET, Kind.ATTENDANCE_REPORT, Kind.CLASS_LIST, Kind.LABELS],
    ]);
  });
});

it('gives every paper to someone', () => {
  const actor = (role: string) => ({ role, userId: 'x' }) as unknown as Actor;
  const roles = ['TRAINER', 'INSTITUTE_MANAGER', 'COUNTY_OFFICER', 'PROVINCIAL_OFFICER', 'ASSESSOR'];
  expect(new Set(roles.flatMap((role) => papersOf(actor(role)))).size).toBe(Object.keys(Kind).length);
  expect(papersOf(actor('ADMINISTRATOR'))).toEqual([]);
  expect(papersToOrder(actor('COUNTY_OFFICER'), { status: Status.CANCELLED })).toEqual([Kind.LETTER_OF_REFUSAL]);
});
