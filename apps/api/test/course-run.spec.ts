import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { DEMO_PASSWORD, fillInstallation } from '@app/backend';
import { addDays } from '@app/persian';
import { projectRoot } from '@app/platform';
import { testApi } from './test-api.js';

describe('a course run over HTTP, from plan to exam', () => {
  const api = testApi();
  const list = (name: string) => readFile(`${projectRoot}/libs/training/data/class-lists/${name}`);

  it('goes through the hands of its people as the rules say', async () => {
    await fillInstallation({ demo: true }, api.backend, api.app);
    const [officer, manager, trainer, assessor] = await Promise.all(
      ['demo-county', 'demo-institute', 'demo-trainer', 'demo-assessor'].map((name) =>
        api.nobody.signIn(name, DEMO_PASSWORD),
      ),
    );
    if (!officer || !manager || !trainer || !assessor) throw new Error('no demo accounts');
    const today = api.backend.clock.today();

    const { institutes, standards } = await officer.do<Found>(
      '{ institutes(search: "نقش مينودر") { items { id rooms { id capacity } } } standards(search: "731899000000001") { items { id } } }',
    );
    const [institute] = institutes.items;
    const standardId = standards.items[0]?.id;
    const { trainers } = await officer.do<{ trainers: { items: { id: string }[] } }>(
      'query ($instituteId: ID, $standardId: ID, $on: Day) { trainers(instituteId: $instituteId, standardId: $standardId, on: $on) { items { id } } }',
      { instituteId: institute?.id, standardId, on: today },
    );
    const input = {
      ...{ instituteId: institute?.id, standardId, trainerId: trainers.items[0]?.id },
      roomId: institute?.rooms.find(({ capacity }) => capacity === 30)?.id,
      // Entered late, so that its sessions lie behind us and can be marked.
      startsOn: addDays(today, -150),
      ...{ weekdays: [6, 7, 1, 2, 3, 4], startMinute: 480, endMinute: 960, capacity: 25 },
    };
    const OPEN = `mutation ($input: CourseRunInput!) { openCourseRun(input: $input) {
      __typename
      ... on CourseRun { id number plannedMinutes viewerCan demo sessions { id day startMinute endMinute status } }
      ... on CourseRunRefused { reason day runNumber }
    } }`;
    const { openCourseRun: run } = await officer.do<{ openCourseRun: Run }>(OPEN, { input });
    expect(run).not.toHaveProperty('reason');
    expect(run).toMatchObject({ __typename: 'CourseRun', viewerCan: ['ENROL', 'REQUEST_ATTENDANCE_REPORT', 'CANCEL'] });
    const minutes = run.sessions.reduce((sum, { startMinute, endMinute }) => sum + endMinute - startMinute, 0);
    expect(minutes).toBe(run.plannedMinutes);
    expect(await officer.do(OPEN, { input })).toMatchObject({
      openCourseRun: { __typename: 'CourseRunRefused', reason: 'ROOM_TAKEN', runNumber: run.number },
    });

    const uploadId = await manager.upload('carpet-24.xlsx', await list('carpet-24.xlsx'));
    const { readClassList: read } = await manager.do<{ readClassList: { id: string } }>(
      `mutation ($input: ReadClassListInput!) { readClassList(input: $input) {
        ... on ClassListImport { id state } ... on ClassListRefused { reason }
      } }`,
      { input: { runId: run.id, uploadId } },
    );
    const PROGRESS = `subscription ($id: ID!) { classListImportProgress(id: $id) {
      state problem acceptedCount refusedCount sheets notes { row text }
      rows { row name outcome maskedNationalId maskedMobile birthYear known
        repairs { field kind from to messageFa messageEn } refusal { field reason messageFa messageEn duplicateOfRow } }
    } }`;
    const dryRun = await manager.follow<Progress>(PROGRESS, { id: read.id });
    expect(dryRun.at(-1)?.classListImportProgress).toMatchObject({ state: 'READ', acceptedCount: 24 });
    await manager.do('mutation ($input: EnrolClassListInput!) { enrolClassList(input: $input) { __typename } }', {
      input: { importId: read.id },
    });
    const realRun = await manager.follow<Progress>(PROGRESS, { id: read.id });
    expect(realRun.at(-1)?.classListImportProgress).toMatchObject({ state: 'ENROLLED', acceptedCount: 24 });

    const { enrolTrainee: enrolment } = await manager.do<{ enrolTrainee: { id: string } }>(
      `mutation ($input: EnrolTraineeInput!) { enrolTrainee(input: $input) {
        ... on Enrolment { id status enrolledAt } ... on EnrolmentRefused { reason }
      } }`,
      {
        input: {
          runId: run.id,
          nationalId: '۷۳۶۷۲۹۷۸۰۵',
          givenName: 'زهرا',
          familyName: 'کریمی',
          birthDay: '1998-04-22',
        },
      },
    );
    await manager.do('mutation ($input: WithdrawEnrolmentInput!) { withdrawEnrolment(input: $input) { __typename } }', {
      input: { enrolmentId: enrolment.id },
    });

    const PAGE = `query ($id: ID!) { courseRun(id: $id) {
      status seatsTaken heldMinutes viewerCan
      standard { titleFa } office { name } institute { name } room { name } trainer { familyName }
      enrolments { id status familyName maskedNationalId attendance {
        presentMinutes excusedMinutes unexcusedMinutes notEnteredMinutes presentOfPlanned presentOfHeld
      } }
    } }`;
    const page = async () => (await officer.do<{ courseRun: Page }>(PAGE, { id: run.id })).courseRun;
    const people = (await page()).enrolments.filter(({ status }) => status === 'ENROLLED');
    expect(people).toHaveLength(24);

    const MARK = `mutation ($input: MarkAttendanceInput!) { markAttendance(input: $input) {
      __typename ... on AttendanceSheet { status rows { status presentMinutes } } ... on AttendanceRefused { reason enrolmentId }
    } }`;
    for (const { id: sessionId } of run.sessions)
      expect(
        await trainer.do(MARK, {
          input: { sessionId, marks: people.map(({ id }) => ({ enrolmentId: id, status: 'PRESENT' })) },
        }),
      ).toMatchObject({ markAttendance: { __typename: 'AttendanceSheet', status: 'HELD' } });
    expect(await page()).toMatchObject({ status: 'RUNNING', heldMinutes: run.plannedMinutes, seatsTaken: 24 });

    const { requestAttendanceReport: report } = await officer.do<{ requestAttendanceReport: Report }>(
      `mutation ($input: AttendanceReportInput!) { requestAttendanceReport(input: $input) { pdf { id state } xlsx { id } } }`,
      { input: { runId: run.id } },
    );
    const drawn = await officer.follow<{ documentProgress: { state: string } }>(
      'subscription ($id: ID!) { documentProgress(id: $id) { state bytes reason } }',
      { id: report.xlsx.id },
    );
    expect(drawn.at(-1)?.documentProgress).toMatchObject({ state: 'READY', reason: null });

    expect(
      await officer.do(
        `mutation ($input: FinishCourseRunInput!) { finishCourseRun(input: $input) {
          ... on CourseRun { status } ... on CourseRunRefused { reason day }
        } }`,
        { input: { runId: run.id } },
      ),
    ).toEqual({ finishCourseRun: { status: 'FINISHED' } });
    const ENTER = `mutation ($input: EnterExamMarksInput!) { enterExamMarks(input: $input) {
      ... on ExamSheet { rows { standing finalHundredths shortfalls openParts tries { part tryNumber } } }
      ... on ExamRefused { reason enrolmentId }
    } }`;
    const marks = people.map(({ id }) => ({ enrolmentId: id, markHundredths: 8000 }));
    const enter = (part: string, satOn: string) => assessor.do(ENTER, { input: { runId: run.id, part, satOn, marks } });
    expect(await enter('PRACTICAL', today)).toMatchObject({ enterExamMarks: { reason: 'WRITTEN_NOT_PASSED' } });
    await enter('WRITTEN', addDays(today, -1));
    expect(await enter('PRACTICAL', today)).toMatchObject({
      enterExamMarks: { rows: people.map(() => ({ standing: 'PASSED', finalHundredths: 8000, openParts: [] })) },
    });
  }, 120_000);
});

interface Found {
  institutes: { items: { id: string; rooms: { id: string; capacity: number }[] }[] };
  standards: { items: { id: string }[] };
}
interface Run {
  id: string;
  number: string;
  plannedMinutes: number;
  sessions: { id: string; startMinute: number; endMinute: number }[];
}
interface Progress {
  classListImportProgress: { state: string; acceptedCount: number };
}
interface Page {
  enrolments: { id: string; status: string }[];
}
interface Report {
  pdf: { id: string };
  xlsx: { id: string };
}
