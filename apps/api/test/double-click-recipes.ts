import { Role } from '@app/access';
import { DocumentState, StoredDocument } from '@app/documents';
import { addDays } from '@app/persian';
import { newId, SYSTEM } from '@app/platform';
import { newEnrolments, newNationalId, qualifiedRun } from '@app/testing';
import { CourseRunStatus } from '@app/training';
import { PASSWORD, type Stage } from './stage.js';
import type { Person } from './test-api.js';

/** How a mutation is called so that it changes something: by whom, and each time about something new. */
export interface Recipe {
  /** Left out, the caller has not signed in. */
  by?: Role;
  /** The answer holds a secret and is given once. */
  secret?: true;
  /** Ends the caller's session, so each call needs a caller of its own. */
  endsSession?: true;
  variables(stage: Stage, caller: Person): object | Promise<object>;
}

const { COUNTY_OFFICER, INSTITUTE_MANAGER, ASSESSOR } = Role;
const input = (of: object) => ({ input: of });
const licence = (stage: Stage) => ({
  ...{ licenceNumber: `L/${stage.next('licence')}`, licenceType: 'ALEF', licensedFields: ['CARPET'] },
  ...{
    licenceIssuedOn: addDays(stage.today, -30),
    licenceExpiresOn: addDays(stage.today, 1_000 + stage.next('licence')),
  },
});
const newPerson = () => ({ nationalId: newNationalId(), givenName: 'زهرا', familyName: 'رضایی' });
const classList = (caller: Person) =>
  caller.upload('list.csv', Buffer.from(`نام,نام خانوادگی,کد ملی\nزهرا,رضایی,${newNationalId()}\n`));

/** One for every mutation of the schema. */
export const recipes: Record<string, Recipe> = {
  acceptInvitation: {
    secret: true,
    async variables(stage) {
      const officer = await stage.person(COUNTY_OFFICER);
      const { inviteUser } = await officer.do<{ inviteUser: { token: string } }>(
        'mutation ($input: InviteUserInput!) { inviteUser(input: $input) { token } }',
        input({ role: 'TRAINER', trainerId: stage.place.trainer.id }),
      );
      const userName = `guest-${stage.next('guest')}`;
      return input({ token: inviteUser.token, userName, displayName: userName, password: PASSWORD });
    },
  },
  addRoom: {
    by: COUNTY_OFFICER,
    variables: (stage) =>
      input({ instituteId: stage.place.institute.id, name: `کارگاه ${stage.next('room') + 1}`, capacity: 12 }),
  },
  appointTrainer: {
    by: COUNTY_OFFICER,
    async variables(stage, caller) {
      const { registerTrainer } = await caller.do<{ registerTrainer: { id: string } }>(
        'mutation ($input: RegisterTrainerInput!) { registerTrainer(input: $input) { ... on Trainer { id } } }',
        input({ ...newPerson(), cardExpiresOn: addDays(stage.today, 400) }),
      );
      const { institute, standard } = stage.place;
      const where = { instituteId: institute.id, standardId: standard.id, trainerId: registerTrainer.id };
      return input({ ...where, startsOn: stage.today, endsOn: addDays(stage.today, 300) });
    },
  },
  cancelCourseRun: {
    by: COUNTY_OFFICER,
    variables: async (stage) => input({ runId: (await stage.run()).id, reason: 'کارگاه آب گرفت' }),
  },
  enrolClassList: {
    by: INSTITUTE_MANAGER,
    async variables(stage, caller) {
      const { readClassList } = await caller.do<{ readClassList: { id: string } }>(
        'mutation ($input: ReadClassListInput!) { readClassList(input: $input) { ... on ClassListImport { id } } }',
        input({ runId: (await stage.run()).id, uploadId: await classList(caller) }),
      );
      await stage.runJobs('read');
      return input({ importId: readClassList.id });
    },
  },
  enrolTrainee: {
    by: INSTITUTE_MANAGER,
    variables: async (stage) => input({ runId: (await stage.run()).id, ...newPerson() }),
  },
  enterExamMarks: {
    by: ASSESSOR,
    async variables(stage) {
      const run = await stage.run(CourseRunStatus.FINISHED);
      const enrolments = await newEnrolments(stage.tables, run, 2);
      const marks = enrolments.map(({ id }) => ({ enrolmentId: id, markHundredths: 8_000 }));
      return input({ runId: run.id, part: 'WRITTEN', satOn: stage.today, marks });
    },
  },
  finishCourseRun: {
    by: COUNTY_OFFICER,
    variables: async (stage) => input({ runId: (await stage.run(CourseRunStatus.RUNNING)).id }),
  },
  inviteUser: {
    by: COUNTY_OFFICER,
    secret: true,
    variables: (stage) =>
      // In turn, so that no two calls that follow one another are the same.
      input(
        stage.next('invitation') % 2
          ? { role: 'TRAINER', trainerId: stage.place.trainer.id }
          : { role: 'INSTITUTE_MANAGER', instituteId: stage.place.institute.id },
      ),
  },
  issueCertificates: {
    by: COUNTY_OFFICER,
    variables: async (stage) => input({ runId: (await qualifiedRun(stage.tables, 2, stage.place)).run.id }),
  },
  markAttendance: {
    by: INSTITUTE_MANAGER,
    async variables(stage) {
      const run = await stage.run();
      const enrolments = await newEnrolments(stage.tables, run, 2);
      const marks = enrolments.map(({ id }) => ({ enrolmentId: id, status: 'PRESENT' }));
      return input({ sessionId: run.sessions[0]?.id, marks });
    },
  },
  openCourseRun: {
    by: COUNTY_OFFICER,
    variables(stage) {
      const { institute, room, standard, trainer } = stage.place;
      return input({
        ...{ instituteId: institute.id, roomId: room.id, standardId: standard.id, trainerId: trainer.id },
        ...{
          startsOn: addDays(stage.today, 10 + stage.next('run') * 20),
          weekdays: [1, 2, 3, 4, 6, 7],
          startMinute: 480,
          endMinute: 720,
        },
        capacity: 12,
      });
    },
  },
  openDocument: {
    by: COUNTY_OFFICER,
    secret: true,
    async variables(stage) {
      const subjectId = (await stage.run()).id;
      const { id } = await stage.tables.database.write(SYSTEM, (tx) =>
        tx.insert(StoredDocument, {
          ...{ kind: 'ATTENDANCE_REPORT_PDF', subjectId, state: DocumentState.READY, fileName: 'a.pdf' },
          ...{ mimeType: 'application/pdf', sha256: 'a'.repeat(64), bytes: 1, reason: null, requestedBy: newId() },
          ...{ requestedAt: new Date(), readyAt: new Date() },
        }),
      );
      return { id };
    },
  },
  orderPaper: {
    by: COUNTY_OFFICER,
    variables: async (stage) => input({ runId: (await stage.run()).id, kind: 'ATTENDANCE_SHEET' }),
  },
  readClassList: {
    by: INSTITUTE_MANAGER,
    variables: async (stage, caller) => input({ runId: (await stage.run()).id, uploadId: await classList(caller) }),
  },
  registerInstitute: {
    by: COUNTY_OFFICER,
    variables: (stage) => input({ name: `آموزشگاه ${stage.next('institute')}`, ...licence(stage) }),
  },
  registerTrainer: {
    by: COUNTY_OFFICER,
    variables: (stage) => input({ ...newPerson(), cardExpiresOn: addDays(stage.today, 400) }),
  },
  renewLicence: {
    by: COUNTY_OFFICER,
    variables: (stage) => input({ instituteId: stage.place.institute.id, ...licence(stage) }),
  },
  requestAttendanceReport: {
    by: COUNTY_OFFICER,
    variables: async (stage) => input({ runId: (await stage.run()).id }),
  },
  revealPerson: {
    by: INSTITUTE_MANAGER,
    secret: true,
    async variables(stage) {
      const [enrolment] = await newEnrolments(stage.tables, await stage.run(), 1);
      return input({ enrolmentId: enrolment?.id, purpose: 'برای بیمهٔ حادثه' });
    },
  },
  setClosedWeekdays: {
    by: COUNTY_OFFICER,
    variables: (stage) =>
      input({ instituteId: stage.place.institute.id, weekdays: [(stage.next('closed day') % 7) + 1] }),
  },
  signIn: {
    secret: true,
    variables: async (stage) => input({ userName: await stage.account([ASSESSOR]), password: PASSWORD }),
  },
  signOut: { by: ASSESSOR, endsSession: true, variables: () => ({}) },
  switchRole: {
    by: ASSESSOR,
    secret: true,
    endsSession: true,
    async variables(_, caller) {
      const { viewer } = await caller.do<{ viewer: { grants: { id: string }[] } }>('{ viewer { grants { id } } }');
      return { grantId: viewer.grants.at(-1)?.id };
    },
  },
  withdrawEnrolment: {
    by: INSTITUTE_MANAGER,
    async variables(stage) {
      const [enrolment] = await newEnrolments(stage.tables, await stage.run(), 1);
      return input({ enrolmentId: enrolment?.id });
    },
  },
};
