import { describe, expect, it, jest } from '@jest/globals';
import { type Actor, Role } from '@app/access';
import { Documents, DocumentState, Drawing, fileKey, StoredDocument, TextDoesNotFit } from '@app/documents';
import { newId, SYSTEM } from '@app/platform';
import { MemoryFiles, newEnrolments, newPlace, newRun, pdfText, TestClock, testDatabase } from '@app/testing';
import { CourseRun, CourseRunStatus } from '../course-run/course-run.entity.js';
import { CourseRunPageService } from '../course-run/course-run-page.service.js';
import { Room } from '../institute/institute.entity.js';
import { Emblems } from '../office/emblems.service.js';
import type { PaperFormat } from '../paper/paper-format.rules.js';
import { SessionStatus } from '../session/session.entity.js';
import { Trainee } from '../trainee/trainee.entity.js';
import { AttendanceCorrection, AttendanceMark, AttendanceStatus as Status } from './attendance.entity.js';
import type { AttendanceMarkInput } from './attendance.graphql.js';
import { AttendanceJobs } from './attendance.jobs.js';
import { AttendanceMarkService } from './attendance-mark.service.js';
import type { AttendanceReportModel } from './attendance-report-model.document.js';
import { AttendanceReportService, REPORT_DRAWN } from './attendance-report.service.js';
import { AttendanceRefusal as Refusal, attendanceTotals, presentMinutes, refuseSheet } from './attendance.rules.js';
import { AttendanceSheetService } from './attendance-sheet.service.js';

describe('the minutes of a mark in a session of 240', () => {
  it.each([
    [Status.PRESENT, undefined, 240],
    [Status.PRESENT, 240, 240],
    [Status.PRESENT, 239, null],
    [Status.EXCUSED, null, 0],
    [Status.EXCUSED, 1, null],
    [Status.UNEXCUSED, 0, 0],
    [Status.LATE, 1, 1],
    [Status.LATE, 239, 239],
    [Status.LATE, undefined, null],
    [Status.LATE, 0, null],
    [Status.LATE, 240, null],
    [Status.LEFT_EARLY, 120, 120],
    [Status.LEFT_EARLY, 241, null],
  ])('%s with %s', (status, given, minutes) => {
    expect(presentMinutes({ enrolmentId: 'e', status, presentMinutes: given }, 240)).toBe(minutes);
  });
});

describe('the sheet of a session', () => {
  const { PLANNED, HELD, CANCELLED } = SessionStatus;
  it.each([
    ['on its day', CourseRunStatus.APPROVED, PLANNED, '2026-11-21', null],
    ['the day before', CourseRunStatus.RUNNING, PLANNED, '2026-11-20', Refusal.BEFORE_SESSION],
    ['again later', CourseRunStatus.RUNNING, HELD, '2026-11-30', null],
    ['a cancelled one', CourseRunStatus.RUNNING, CANCELLED, '2026-11-21', Refusal.SESSION_CANCELLED],
    ['of a finished run', CourseRunStatus.FINISHED, HELD, '2026-11-21', Refusal.RUN_NOT_MARKED],
    ['of a cancelled run', CourseRunStatus.CANCELLED, HELD, '2026-11-21', Refusal.RUN_NOT_MARKED],
  ])('%s', (_, runStatus, status, today, refusal) => {
    expect(refuseSheet({ status: runStatus }, { status, day: '2026-11-21' }, today)).toBe(refusal);
  });
});

describe('the totals of one trainee', () => {
  const tally = (status: Status, sessionMinutes: number, present: number) => ({
    status,
    sessionMinutes,
    presentMinutes: present,
  });

  it('are the planned minutes: present, excused, unexcused with lateness, and not entered', () => {
    const totals = attendanceTotals(
      [
        tally(Status.PRESENT, 480, 480),
        tally(Status.LATE, 240, 200),
        tally(Status.EXCUSED, 240, 0),
        tally(Status.UNEXCUSED, 120, 0),
      ],
      1440,
      1080,
    );
    expect(totals).toEqual({
      presentMinutes: 680,
      excusedMinutes: 240,
      unexcusedMinutes: 160,
      notEnteredMinutes: 360,
      presentOfPlanned: 4722,
      presentOfHeld: 6296,
    });
  });

  it('say nothing of the minutes held when none was, and round half up', () => {
    expect(attendanceTotals([], 100, 0)).toMatchObject({ presentOfPlanned: 0, presentOfHeld: null });
    expect(attendanceTotals([tally(Status.LATE, 240, 1)], 20_000, 20_000).presentOfPlanned).toBe(1);
    expect(attendanceTotals([tally(Status.LATE, 240, 1)], 20_001, 20_001).presentOfPlanned).toBe(0);
  });
});

describe('marking attendance', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const files = new MemoryFiles();
  const sheets = () => new AttendanceSheetService(db.database, clock);
  const mark = (actor: Actor, sessionId: string, marks: AttendanceMarkInput[], reason?: string) =>
    new AttendanceMarkService(db.database, clock).mark(actor, { sessionId, marks, reason });
  const present = (enrolments: { id: string }[]): AttendanceMarkInput[] =>
    enrolments.map(({ id }) => ({ enrolmentId: id, status: Status.PRESENT }));
  const setUp = async (many = 3) => {
    const place = await newPlace(db);
    const run = await newRun(db, place, { capacity: 100 });
    const enrolments = await newEnrolments(db, run, many);
    const [first, second] = run.sessions.map(({ id }) => id) as [string, string];
    return { place, run, enrolments, first, second };
  };

  it('takes a whole sheet, starts the run and holds the session', async () => {
    const { place, run, enrolments, first } = await setUp(24);
    const answer = await mark(place.teacher, first, present(enrolments));
    const sheet = await sheets().get(place.teacher, first);
    expect(answer).toEqual(sheet);
    expect(sheet).toMatchObject({ status: SessionStatus.HELD, viewerCanMark: true });
    expect((await sheets().rows(sheet)).map(({ status, presentMinutes: minutes }) => [status, minutes])).toEqual(
      Array.from({ length: 24 }, () => [Status.PRESENT, 240]),
    );
    expect(await db.database.read((tx) => tx.get(CourseRun, { id: run.id }))).toMatchObject({
      status: CourseRunStatus.RUNNING,
    });
    expect(await db.events('CourseRunStarted')).toContainEqual({ runId: run.id });
  });

  it('changes nothing when the same sheet comes again, and keeps what a changed mark was', async () => {
    const { place, enrolments, first } = await setUp(2);
    const [one, two] = enrolments.map(({ id }) => id) as [string, string];
    await mark(place.teacher, first, present(enrolments));
    const marked = await db.events('AttendanceMarked');
    await mark(place.teacher, first, present(enrolments));
    expect(await db.events('AttendanceMarked')).toEqual(marked);

    const late = { enrolmentId: one, status: Status.LATE, presentMinutes: 200 };
    const answer = await mark(place.manager, first, [late, { enrolmentId: two, status: Status.PRESENT }], 'برگهٔ کاغذی');
    expect(answer).toEqual(await sheets().get(place.manager, first));
    expect(await db.database.read((tx) => tx.repo(AttendanceCorrection).findBy({ sessionId: first }))).toMatchObject([
      { enrolmentId: one, statusBefore: Status.PRESENT, presentMinutesBefore: 240, reason: 'برگهٔ کاغذی' },
    ]);
    expect(await db.count(AttendanceMark, { sessionId: first })).toBe(2);
  });

  it('gives each trainee one mark, however many sheets come at once', async () => {
    const { place, enrolments, first } = await setUp(5);
    await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        mark(
          place.teacher,
          first,
          enrolments.map(({ id }) => ({ enrolmentId: id, status: Status.LATE, presentMinutes: i + 1 })),
        ),
      ),
    );
    expect(await db.count(AttendanceMark, { sessionId: first })).toBe(5);
    // Every sheet but the first has changed all five marks, and every value but the last stands in a correction.
    expect(await db.count(AttendanceCorrection, { sessionId: first })).toBe(45);
  });

  it('writes nothing of a sheet with one wrong line', async () => {
    const { place, enrolments, first, second } = await setUp(2);
    const { enrolments: foreign } = await setUp(1);
    const [one] = enrolments.map(({ id }) => id) as [string];
    const stranger = foreign[0]?.id ?? '';
    await expect(mark(place.teacher, first, [...present(enrolments), ...present(foreign)])).rejects.toMatchObject({
      reason: Refusal.NOT_ENROLLED,
      detail: { enrolmentId: stranger },
    });
    await expect(
      mark(place.teacher, first, [{ enrolmentId: one, status: Status.LATE, presentMinutes: 240 }]),
    ).rejects.toMatchObject({ reason: Refusal.WRONG_MINUTES, detail: { enrolmentId: one } });
    await expect(mark(place.teacher, second, present(enrolments))).rejects.toMatchObject({
      reason: Refusal.BEFORE_SESSION,
    });
    expect(await db.count(AttendanceMark, { sessionId: first })).toBe(0);
    expect((await sheets().get(place.officer, first)).lines.map(({ status }) => status)).toEqual([null, null]);
  });

  it('is the trainer’s and the manager’s alone', async () => {
    const { place, enrolments, first } = await setUp(1);
    const { place: other } = await setUp(1);
    for (const actor of [other.teacher, other.manager])
      await expect(mark(actor, first, present(enrolments))).rejects.toThrow('Not found');
    for (const actor of [place.officer, place.provincial, place.national, place.assessor])
      await expect(mark(actor, first, present(enrolments))).rejects.toThrow('Not allowed');
    for (const actor of [other.teacher, other.manager, other.officer])
      await expect(sheets().get(actor, first)).rejects.toThrow('Not found');
    await expect(sheets().get(place.teacher, newId())).rejects.toThrow('Not found');
    expect((await sheets().get(place.officer, first)).viewerCanMark).toBe(false);
  });

  it.each([1, 10, 100])('shows a sheet of %d by two statements, and its names by one', async (many) => {
    const { place, first } = await setUp(many);
    const sheet = await sheets().get(place.teacher, first);
    expect(await db.statementsOf(() => sheets().get(place.teacher, first))).toBe(2);
    expect(await db.statementsOf(() => sheets().rows(sheet))).toBe(1);
  });

  it.each([1, 10, 100])('marks a sheet of %d again by eight statements, and opens no name', async (many) => {
    const { place, enrolments, first } = await setUp(many);
    await mark(place.teacher, first, present(enrolments));
    const opened = jest.spyOn(db.keys, 'open');
    const late = enrolments.map(({ id }) => ({ enrolmentId: id, status: Status.LATE, presentMinutes: 1 }));
    // Begin, the session, the run, the roll; the marks, what they were, the event; commit.
    expect(await db.statementsOf(() => mark(place.teacher, first, late))).toBe(8);
    expect(opened).not.toHaveBeenCalled();
    opened.mockRestore();
  });

  it('shows the totals on the page of the run, what is not entered apart', async () => {
    const { place, run, enrolments, first } = await setUp(2);
    await mark(place.teacher, first, present(enrolments.slice(0, 1)));
    const { enrolments: shown, heldMinutes } = await new CourseRunPageService(db.database).get(place.officer, run.id);
    expect(heldMinutes).toBe(240);
    const byId = new Map(shown.map(({ id, attendance }) => [id, attendance]));
    expect(byId.get(enrolments[0]?.id ?? '')).toMatchObject({
      presentMinutes: 240,
      notEnteredMinutes: 240,
      presentOfHeld: 10_000,
    });
    expect(byId.get(enrolments[1]?.id ?? '')).toMatchObject({
      presentMinutes: 0,
      notEnteredMinutes: 480,
      presentOfHeld: 0,
    });
  });

  describe('and the report of it', () => {
    const documents = () => new Documents(db.database, files, db.keys, clock);
    const reports = () =>
      new AttendanceReportService(db.database, documents(), new Drawing(0), clock, new Emblems(documents()));

    it('is drawn as it stands when the job runs; a second run changes nothing', async () => {
      const { place, run, enrolments, first } = await setUp(3);
      const asked = await reports().request(place.officer, run.id);
      expect(Object.values(asked).map(({ state }) => state)).toEqual(Array(3).fill(DocumentState.WAITING));
      await mark(place.teacher, first, present(enrolments.slice(0, 2)));

      const jobs = new AttendanceJobs(reports());
      await jobs.drawReport({ runId: run.id });
      const ready = await db.database.read((tx) => tx.repo(StoredDocument).findBy({ subjectId: run.id }));
      clock.forward(60_000);
      await jobs.drawReport({ runId: run.id });
      expect(await db.database.read((tx) => tx.repo(StoredDocument).findBy({ subjectId: run.id }))).toEqual(ready);
      expect(ready.map(({ state }) => state)).toEqual(Array(3).fill(DocumentState.READY));

      const pdf = ready.find(({ kind }) => kind === 'ATTENDANCE_REPORT_PDF');
      const text = await pdfText(await files.get(fileKey(pdf?.sha256 ?? '')));
      expect(text.join(' ')).toContain('رضایی');
      clock.set('2026-11-21');
    });

    it('is on every engine the file of values that no database has held', async () => {
      const { place, run, enrolments, first } = await setUp(3);
      const people = [
        ['آقاجانی', 'ژاله', '1270000011'],
        ['رضایی‌نژاد', 'پری‌ناز', '0084575948'],
        ['یوسفی', 'گل‌اندام', '9990000000'],
      ] as const;
      await db.database.write(SYSTEM, async (tx) => {
        for (const [at, [familyName, givenName, nationalId]] of people.entries())
          await tx.update(Trainee, { id: enrolments[at]!.traineeId }, { familyName, givenName, nationalId });
      });
      const [one, two] = enrolments.map(({ id }) => id) as [string, string];
      await mark(place.teacher, first, [
        { enrolmentId: two, status: Status.LATE, presentMinutes: 200 },
        { enrolmentId: one, status: Status.PRESENT },
      ]);
      await reports().request(place.officer, run.id);
      await new AttendanceJobs(reports()).drawReport({ runId: run.id });

      const { county, institute, standard, trainer, room } = place;
      const session = { startMinute: 480, endMinute: 720, minutes: 240 };
      const trainee = (row: number, marks: (Status | null)[], [present, late, none]: [number, number, number]) => ({
        ...{ row, familyName: people[row - 1]![0], givenName: people[row - 1]![1], fatherName: 'علی', marks },
        ...{ presentMinutes: present, excusedMinutes: 0, unexcusedMinutes: late, notEnteredMinutes: none },
      });
      const model: AttendanceReportModel = {
        ...{ officeName: county.name, instituteName: institute.name, licenceNumber: institute.licenceNumber },
        ...{ standardTitle: standard.titleFa, standardCode: standard.code, runNumber: run.number },
        ...{ trainerName: `مریم ${trainer.familyName}`, roomName: room.name },
        ...{ startsOn: '2026-11-21', endsOn: '2026-11-22', plannedMinutes: 480, heldMinutes: 240 },
        sessions: [
          { ordinal: 1, day: '2026-11-21', held: true, ...session },
          { ordinal: 2, day: '2026-11-22', held: false, ...session },
        ],
        trainees: [
          {
            ...trainee(1, [Status.PRESENT, null], [240, 0, 240]),
            ...{ nationalIdMasked: '•••••••۰۱۱', percentOfPlannedHundredths: 5000, percentOfHeldHundredths: 10_000 },
          },
          {
            ...trainee(2, [Status.LATE, null], [200, 40, 240]),
            ...{ nationalIdMasked: '•••••••۹۴۸', percentOfPlannedHundredths: 4167, percentOfHeldHundredths: 8333 },
          },
          {
            ...trainee(3, [null, null], [0, 0, 480]),
            ...{ nationalIdMasked: '•••••••۰۰۰', percentOfPlannedHundredths: 0, percentOfHeldHundredths: 0 },
          },
        ],
        ...{ drawnAt: new Date('2026-11-21T05:30:00Z'), watermark: 'نمونه، فاقد اعتبار', month: null, grey: false },
        emblem: null,
      };
      const kept = await db.database.read((tx) => tx.repo(StoredDocument).findBy({ subjectId: run.id }));
      expect(kept).toHaveLength(3);
      for (const { kind, sha256 } of kept) {
        const { draw } = REPORT_DRAWN[kind.split('_').at(-1) as PaperFormat];
        expect([kind, Buffer.from(await draw(model)).equals(await files.get(fileKey(sha256!)))]).toEqual([kind, true]);
      }
    });

    it('is drawn again for who asks while an older drawing runs', async () => {
      const { place, run, enrolments, first } = await setUp(2);
      await reports().request(place.officer, run.id);
      const files = new MemoryFiles();
      const stored: string[] = [];
      const slow = new Documents(db.database, files, db.keys, clock);
      const store = slow.store.bind(slow);
      // The older drawing has read the marks; before its file is stored they change and someone asks again.
      jest.spyOn(slow, 'store').mockImplementation(async (file) => {
        if (stored.length === 0) {
          await mark(place.teacher, first, present(enrolments));
          clock.forward(1);
          await reports().request(place.officer, run.id);
        }
        const kept = await store(file);
        stored.push(kept.sha256);
        return kept;
      });
      const jobs = new AttendanceJobs(
        new AttendanceReportService(db.database, slow, new Drawing(0), clock, new Emblems(slow)),
      );
      const states = async () =>
        (await db.database.read((tx) => tx.repo(StoredDocument).findBy({ subjectId: run.id }))).map(
          ({ state, sha256 }) => [state, sha256 === null],
        );
      await jobs.drawReport({ runId: run.id });
      expect(await states()).toEqual(Array(3).fill([DocumentState.WAITING, true]));
      await jobs.drawReport({ runId: run.id });
      expect(await states()).toEqual(Array(3).fill([DocumentState.READY, false]));
      const { sha256 } = await db.database.read((tx) =>
        tx.get(StoredDocument, { subjectId: run.id, kind: 'ATTENDANCE_REPORT_PDF' }),
      );
      expect(stored.slice(1)).toContain(sha256);
      clock.set('2026-11-21');
    });

    it('leaves the sheet when the paper has no room for a name, and says so in Persian and English', async () => {
      const { place, run } = await setUp(1);
      await db.database.write(SYSTEM, (tx) => tx.update(Room, { id: run.roomId }, { name: 'ض'.repeat(100) }));
      await reports().request(place.manager, run.id);
      await new AttendanceJobs(reports()).drawReport({ runId: run.id });
      const drawn = await db.database.read((tx) => tx.repo(StoredDocument).findBy({ subjectId: run.id }));
      expect(Object.fromEntries(drawn.map(({ kind, state, reason }) => [kind, [state, reason]]))).toEqual({
        ATTENDANCE_REPORT_PDF: [DocumentState.FAILED, new TextDoesNotFit('کارگاه').message],
        ATTENDANCE_REPORT_XLSX: [DocumentState.READY, null],
        ATTENDANCE_REPORT_CSV: [DocumentState.READY, null],
      });
    });

    it('says why when it could not be drawn, and is drawn when asked for again', async () => {
      const { place, run } = await setUp(1);
      const { pdf } = await reports().request(place.manager, run.id);
      await new AttendanceJobs(reports()).giveUp({ runId: run.id }, 'no font');
      expect(await db.database.read((tx) => tx.get(StoredDocument, { id: pdf.id }))).toMatchObject({
        state: DocumentState.FAILED,
        reason: 'no font',
      });
      const again = await reports().request(place.manager, run.id);
      expect(again.pdf).toMatchObject({ id: pdf.id, state: DocumentState.WAITING, reason: null });
    });

    it('is asked for by officers and the manager, opened by those who see the run', async () => {
      const { place, run } = await setUp(1);
      const { place: other } = await setUp(1);
      for (const actor of [place.teacher, place.assessor, place.national])
        await expect(async () => reports().request(actor, run.id)).rejects.toThrow('Not allowed');
      await expect(reports().request(other.officer, run.id)).rejects.toThrow('Not found');

      const kept = documents();
      const service = new AttendanceReportService(db.database, kept, new Drawing(0), clock, new Emblems(kept));
      service.onModuleInit();
      const { pdf } = await service.request(place.provincial, run.id);
      await expect(kept.get(place.teacher, pdf.id)).resolves.toMatchObject({ id: pdf.id });
      await expect(kept.get(other.manager, pdf.id)).rejects.toThrow('Not found');
      // Who sees no trainee at all is not even told that the document is there.
      const administrator: Actor = { role: Role.ADMINISTRATOR, userId: newId() };
      await expect(kept.get(administrator, pdf.id)).rejects.toThrow('Not found');
    });
  });
});
