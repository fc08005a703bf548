import { Role, RoleGrant, SignInSession, UserAccount } from '@app/access';
import { Certificate } from '@app/certification';
import { DocumentState, StoredDocument } from '@app/documents';
import { addDays } from '@app/persian';
import { newId, SYSTEM } from '@app/platform';
import { newBranch, newEnrolments, newNationalId, qualifiedRun, withAccount } from '@app/testing';
import {
  AttendanceMark,
  AttendanceStatus,
  CourseRun,
  CourseRunStatus,
  Enrolment,
  EnrolmentStatus,
  Holiday,
  HolidayCertainty,
  Institute,
  Office,
  Reveal,
  Room,
  Trainee,
  Trainer,
  TrainerAppointment,
  TrainingStandard,
  TrainingStandardVersion,
} from '@app/training';
import type { Stage } from './stage.js';
import type { Person } from './test-api.js';

/** How a query is asked about any number of things, on a stage of its own. */
export interface ReadRecipe {
  by: Role;
  /** Sets what the stage stands on. */
  place?(many: number): object;
  /** Makes so many of what the query tells of, and gives the variables to ask for them all. */
  make(stage: Stage, many: number, caller: Person): Promise<object>;
  /** How many the answer tells of; left out, the length of its longest list. */
  told?(answer: Record<string, unknown>): unknown;
}

const { CASE_WORKER, COUNTY_OFFICER, PROVINCIAL_OFFICER } = Role;

/** So many copies of a row, each with an id of its own and what makes it another. */
const copies = <T extends { id: string }>(row: T, many: number, change: (n: number) => Partial<T>): T[] =>
  Array.from({ length: many }, (_, n) => ({ ...row, id: newId(), ...change(n) }));

/** A run with people, their marks in each session, and a place in the exam. */
async function marked(stage: Stage, many: number, status = CourseRunStatus.RUNNING) {
  const run = await stage.run(status);
  const enrolments = await newEnrolments(stage.tables, run, many);
  const mark = { status: AttendanceStatus.PRESENT, presentMinutes: 240, markedAt: new Date(), markedBy: newId() };
  await stage.tables.database.write(SYSTEM, (tx) =>
    tx.insertAll(
      AttendanceMark,
      run.sessions.flatMap(({ id: sessionId }) =>
        enrolments.map(({ id: enrolmentId }) => ({ runId: run.id, enrolmentId, sessionId, term: 1405, ...mark })),
      ),
    ),
  );
  return run;
}

/** A run whose certificates were ordered and issued. */
async function certified(stage: Stage, many: number, officer: Person) {
  const { run } = await qualifiedRun(stage.tables, many, stage.place);
  const { issueCertificates } = await officer.do<{ issueCertificates: { id: string } }>(
    `mutation ($input: IssueCertificatesInput!) { issueCertificates(input: $input) { ... on CertificateBatch { id } } }`,
    { input: { runId: run.id } },
  );
  await stage.runJobs('issueBatch');
  return { runId: run.id, batchId: issueCertificates.id };
}

/** Somebody new whom the branch sends, by the id of the referral. */
async function referred(caseWorker: Person): Promise<string> {
  const { referPerson } = await caseWorker.do<{ referPerson: { id: string } }>(
    'mutation ($input: ReferPersonInput!) { referPerson(input: $input) { ... on ReferredPerson { id } } }',
    {
      input: {
        ...{ nationalId: newNationalId(), givenName: 'زهرا', familyName: 'رضایی' },
        ...{ familyFile: 'پ-۱۲', familyTie: 'CHILD', eligibilityReason: 'سرپرست خانوار است' },
      },
    },
  );
  return referPerson.id;
}

const sponsored = (caseWorker: Person, referralId: string, runId: string) =>
  caseWorker.do('mutation ($input: GiveSeatInput!) { giveSeat(input: $input) { ... on GivenSeat { id } } }', {
    input: { referralId, runId },
  });

/** Gives the graduate of the stage a seat in so many runs like this one. */
async function ownEnrolments({ tables, graduateId: traineeId }: Stage, run: CourseRun, many: number) {
  const runs = copies(run, many, () => ({ number: `15-${newId().slice(-12)}` }));
  return tables.database.write(SYSTEM, async (tx) => {
    const nationalId = newNationalId();
    const person = { givenName: 'زهرا', familyName: 'رضایی', fatherName: null, birthDay: null };
    const unknown = { mobile: null, mobileIndex: null, createdAt: new Date() };
    // A stage has one graduate: who comes second finds the row of the first.
    await tx.insertMissing(Trainee, [{ id: traineeId, nationalId, nationalIdIndex: traineeId, ...person, ...unknown }]);
    await tx.insertAll(CourseRun, runs);
    return tx.insertAll(
      Enrolment,
      runs.map(({ id: runId }) => ({
        runId,
        traineeId,
        status: EnrolmentStatus.ENROLLED,
        enrolledAt: new Date(),
        settled: true,
      })),
    );
  });
}

/** Trainers who are appointed in the place as its own trainer is. */
async function appointed({ tables, place }: Pick<Stage, 'tables' | 'place'>, many: number) {
  await tables.database.write(SYSTEM, async (tx) => {
    const trainers = copies(place.trainer, many, () => ({ nationalIdIndex: newId() }));
    await tx.insertAll(Trainer, trainers);
    await tx.insertAll(
      TrainerAppointment,
      trainers.map(({ id: trainerId }) => ({
        ...{ trainerId, instituteId: place.institute.id, standardId: place.standard.id },
        ...{ startsOn: '2024-03-20', endsOn: '2029-03-19' },
      })),
    );
  });
}

/** So many of the own county's office, by the ids of their accounts. */
async function colleagues({ tables, place }: Pick<Stage, 'tables' | 'place'>, many: number): Promise<string[]> {
  const { provinceCode, id: officeId } = place.county;
  const people = Array.from({ length: many }, () =>
    withAccount(tables.database, { role: COUNTY_OFFICER, userId: newId(), provinceCode: provinceCode ?? '', officeId }),
  );
  return (await Promise.all(people)).map(({ userId }) => userId);
}

/** Asks so many times for what another has to agree to. */
async function asksFor(asker: Person, many: number): Promise<void> {
  for (let n = 0; n < many; n++)
    await asker.do('mutation ($input: SetSecondFactorInput!) { setSecondFactor(input: $input) { __typename } }', {
      input: { required: false, networks: [`10.${n}.0.0/16`], purpose: 'سفارش حراست' },
    });
}

/** Queries that tell of one thing without parts: nothing of theirs can grow. */
export const tellsOfOne = ['secondFactor', 'secondFactorSetting', 'sessionLimits', 'singleSignOn', 'storedDocument'];

/** One for every other query of the schema. */
export const recipes: Record<string, ReadRecipe> = {
  attendanceSheet: {
    by: COUNTY_OFFICER,
    make: async (stage, many) => ({ sessionId: (await marked(stage, many)).sessions[0]?.id }),
  },
  branches: {
    by: Role.ADMINISTRATOR,
    async make({ tables }, many) {
      for (let n = 0; n < many; n++) await newBranch(tables);
      return {};
    },
  },
  certificateBatch: {
    by: COUNTY_OFFICER,
    make: async (stage, many, officer) => ({ id: (await certified(stage, many, officer)).batchId }),
    told: ({ issued }) => issued,
  },
  certificateCandidates: {
    by: COUNTY_OFFICER,
    make: async (stage, many, officer) => ({ runId: (await certified(stage, many, officer)).runId }),
  },
  certificateDuplicates: {
    by: COUNTY_OFFICER,
    async make(stage, many, officer) {
      const { runId } = await certified(stage, many, officer);
      const { certificateCandidates } = await officer.do<{ certificateCandidates: { certificate: { id: string } }[] }>(
        'query ($runId: ID!) { certificateCandidates(runId: $runId) { certificate { id } } }',
        { runId },
      );
      for (const { certificate } of certificateCandidates)
        await officer.do(
          `mutation ($input: IssueDuplicateInput!) {
            issueDuplicate(input: $input) { ... on CertificateDuplicate { id } } }`,
          { input: { certificateId: certificate.id, reason: 'LOST' } },
        );
      return { runId };
    },
  },
  certificateStock: {
    by: COUNTY_OFFICER,
    async make(stage, many, officer) {
      const first = many * 1000;
      await officer.do(
        'mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { ... on StockSeries { blank } } }',
        { input: { series: 'ج', first, last: first + many - 1 } },
      );
      await stage.tables.database.write(SYSTEM, (tx) =>
        tx.execute("UPDATE stock_form SET state = 'SPOILED' WHERE number >= ? AND number < ?", [first, first + many]),
      );
      return { series: 'ج', first: 100 };
    },
  },
  certificateTemplates: {
    by: PROVINCIAL_OFFICER,
    place: (many) => ({ provinceCode: `t${String(many).length}` }),
    async make(_, many, officer) {
      for (let version = 1; version <= many; version++)
        await officer.do(
          `mutation ($input: DraftCertificateTemplateInput!) {
            draftCertificateTemplate(input: $input) { ... on CertificateTemplate { id } } }`,
          { input: { design: 'SOBER', title: 'گواهینامهٔ مهارت' } },
        );
      return {};
    },
  },
  classListImport: {
    by: COUNTY_OFFICER,
    async make(stage, many, officer) {
      const rows = Array.from({ length: many }, () => `زهرا,رضایی,${newNationalId()}\n`);
      const uploadId = await officer.upload('list.csv', Buffer.from(`نام,نام خانوادگی,کد ملی\n${rows.join('')}`));
      const { readClassList } = await officer.do<{ readClassList: { id: string } }>(
        'mutation ($input: ReadClassListInput!) { readClassList(input: $input) { ... on ClassListImport { id } } }',
        { input: { runId: (await stage.run()).id, uploadId } },
      );
      await stage.runJobs('read');
      return { id: readClassList.id };
    },
  },
  colleagues: {
    by: COUNTY_OFFICER,
    async make(stage, many) {
      await colleagues(stage, many);
      return {};
    },
  },
  courseRun: {
    by: COUNTY_OFFICER,
    make: async (stage, many) => ({ id: (await marked(stage, many)).id }),
  },
  courseRuns: {
    by: COUNTY_OFFICER,
    async make(stage, many) {
      for (let n = 0; n < many; n++) await newEnrolments(stage.tables, await stage.run(), 1);
      return { first: 100 };
    },
  },
  deputies: {
    by: COUNTY_OFFICER,
    async make(stage, many, caller) {
      for (const deputyId of await colleagues(stage, many))
        await caller.do('mutation ($input: NameDeputyInput!) { nameDeputy(input: $input) { __typename } }', {
          input: { deputyId, from: stage.today, to: stage.today },
        });
      return {};
    },
  },
  examSheet: {
    by: COUNTY_OFFICER,
    make: async (stage, many) => ({ runId: (await qualifiedRun(stage.tables, many, stage.place)).run.id }),
  },
  holidays: {
    by: COUNTY_OFFICER,
    async make({ tables }, many) {
      const from = `${2000 + many}-01-01`;
      await tables.database.write(SYSTEM, (tx) =>
        tx.insertAll(
          Holiday,
          Array.from({ length: many }, (_, n) => {
            const day = addDays(from, n);
            return { occasion: day, day, titleFa: 'جشن', titleEn: 'Feast', certainty: HolidayCertainty.FIXED };
          }),
        ),
      );
      return { from, to: addDays(from, 200) };
    },
  },
  institute: {
    by: COUNTY_OFFICER,
    async make({ tables, place }, many) {
      await tables.database.write(SYSTEM, (tx) =>
        tx.insertAll(
          Room,
          copies(place.room, many, (n) => ({ name: `تالار ${n}` })),
        ),
      );
      await appointed({ tables, place }, many);
      return { id: place.institute.id };
    },
  },
  institutes: {
    by: COUNTY_OFFICER,
    async make({ tables, place: { institute, room } }, many) {
      await tables.database.write(SYSTEM, async (tx) => {
        const institutes = copies(institute, many - 1, (n) => ({ licenceNumber: `${institute.licenceNumber}/${n}` }));
        await tx.insertAll(Institute, institutes);
        await tx.insertAll(
          Room,
          institutes.flatMap(({ id: instituteId }) => copies(room, 1, () => ({ instituteId }))),
        );
      });
      return { first: 100 };
    },
  },
  newestCertificateBatch: {
    by: COUNTY_OFFICER,
    make: async (stage, many, officer) => ({ runId: (await certified(stage, many, officer)).runId }),
    told: ({ issued }) => issued,
  },
  offices: {
    by: PROVINCIAL_OFFICER,
    // A province of its own for each number.
    place: (many) => ({ provinceCode: `z${String(many).length}` }),
    async make({ tables, place: { county } }, many) {
      const code = (n: number) => `${String(many).length}${n.toString(36).padStart(3, 'y')}`;
      await tables.database.write(SYSTEM, (tx) =>
        tx.insertAll(
          Office,
          copies(county, many, (n) => ({ countyCode: code(n) })),
        ),
      );
      return {};
    },
  },
  openSeats: {
    by: CASE_WORKER,
    async make(stage, many) {
      for (let n = 0; n < many; n++) await stage.run();
      return { first: 100 };
    },
  },
  peopleExports: {
    by: COUNTY_OFFICER,
    async make({ tables }, many, caller) {
      const { viewer } = await caller.do<{ viewer: { userId: string } }>('{ viewer { userId } }');
      const file = { kind: 'PEOPLE_EXPORT', state: DocumentState.READY, fileName: 'people.xlsx', mimeType: 'x' };
      const drawn = { sha256: 'a'.repeat(64), bytes: 1, reason: null, requestedAt: new Date(), readyAt: new Date() };
      await tables.database.write(SYSTEM, (tx) =>
        tx.insertAll(
          StoredDocument,
          Array.from({ length: many }, () => ({ ...file, ...drawn, subjectId: newId(), requestedBy: viewer.userId })),
        ),
      );
      return {};
    },
  },
  planCourseRun: {
    by: COUNTY_OFFICER,
    place: (many) => ({ plannedMinutes: many * 240 }),
    make: async ({ today, place: { institute, room, standard, trainer } }) => ({
      input: {
        ...{ instituteId: institute.id, roomId: room.id, standardId: standard.id, trainerId: trainer.id },
        ...{ startsOn: addDays(today, 5), weekdays: [1, 2, 3, 4, 5, 6, 7], startMinute: 480, endMinute: 720 },
        capacity: 12,
      },
    }),
  },
  me: {
    by: Role.GRADUATE,
    async make(stage, many) {
      await ownEnrolments(stage, await marked(stage, 1), many);
      return {};
    },
  },
  myCertificates: {
    by: Role.GRADUATE,
    async make(stage, many) {
      const officer = await stage.person(COUNTY_OFFICER);
      const { runId } = await certified(stage, 1, officer);
      const { database } = stage.tables;
      const [run, certificate] = await database.read(async (tx) => [
        await tx.get(CourseRun, { id: runId }),
        await tx.get(Certificate, { runId }),
      ]);
      const enrolments = await ownEnrolments(stage, run, many);
      const other = (n: number) => ({ number: many * 1000 + n, code: newId().replaceAll('-', '').slice(-17) });
      const certificates = enrolments.map(({ id: enrolmentId, runId: ofRun }, n) => ({
        ...{ ...certificate, id: newId(), enrolmentId, runId: ofRun },
        ...other(n),
      }));
      await database.write(SYSTEM, (tx) => tx.insertAll(Certificate, certificates));
      return {};
    },
  },
  looksAtMe: {
    by: Role.GRADUATE,
    async make({ tables, graduateId }, many, caller) {
      const { viewer } = await caller.do<{ viewer: { userId: string } }>('{ viewer { userId } }');
      const look = { traineeId: graduateId, userId: viewer.userId, role: COUNTY_OFFICER, purpose: 'برای بیمه' };
      await tables.database.write(SYSTEM, async (tx) => {
        const names = { nationalId: newNationalId(), givenName: 'زهرا', familyName: 'رضایی' };
        const unknown = { fatherName: null, birthDay: null, mobile: null, mobileIndex: null };
        const row = { id: graduateId, nationalIdIndex: graduateId, ...names, ...unknown, createdAt: new Date() };
        await tx.insert(Trainee, row);
        await tx.insertAll(
          Reveal,
          Array.from({ length: many }, () => ({ ...look, revealedAt: new Date() })),
        );
      });
      return { first: 100 };
    },
  },
  referral: {
    by: CASE_WORKER,
    async make(stage, many, caller) {
      const id = await referred(caller);
      for (let n = 0; n < many; n++) await sponsored(caller, id, (await stage.run()).id);
      return { id };
    },
  },
  referrals: {
    by: CASE_WORKER,
    async make(stage, many, caller) {
      const { id: runId } = await stage.run();
      for (let n = 0; n < many; n++) await sponsored(caller, await referred(caller), runId);
      return { first: 100 };
    },
  },
  requestsAsked: {
    by: COUNTY_OFFICER,
    async make(_, many, caller) {
      await asksFor(caller, many);
      return { first: 100 };
    },
  },
  requestsToAgree: {
    by: COUNTY_OFFICER,
    async make(stage, many) {
      await asksFor(await stage.other(COUNTY_OFFICER), many);
      return { first: 100 };
    },
  },
  runPapers: {
    by: COUNTY_OFFICER,
    async make(stage, many, officer) {
      const runId = (await stage.run()).id;
      for (let start = 1; start <= many; start++)
        await officer.do(
          'mutation ($input: OrderPaperInput!) { orderPaper(input: $input) { ... on PaperOrder { id } } }',
          {
            input: {
              runId,
              kind: 'LETTER_OF_REFUSAL',
              letter: { addressee: 'TRAINER', request: 'سالن', reason: `${start}` },
            },
          },
        );
      return { runId };
    },
  },
  sessions: {
    by: COUNTY_OFFICER,
    async make({ tables }, many, caller) {
      const { viewer } = await caller.do<{ viewer: { userId: string } }>('{ viewer { userId } }');
      await tables.database.write(SYSTEM, async (tx) => {
        const session = await tx.get(SignInSession, { userId: viewer.userId });
        await tx.insertAll(
          SignInSession,
          copies(session, many - 1, () => ({ tokenHash: newId() })),
        );
      });
      return {};
    },
  },
  staff: {
    by: COUNTY_OFFICER,
    async make({ tables, place }, many) {
      await tables.database.write(SYSTEM, async (tx) => {
        const account = {
          displayName: 'مربی',
          passwordHash: 'x',
          disabled: false,
          createdAt: new Date(),
          graceFrom: null,
        };
        const people = await tx.insertAll(
          UserAccount,
          Array.from({ length: many }, () => ({ ...account, userName: newId() })),
        );
        const { provinceCode, id: instituteId, officeId } = place.institute;
        const bounds = { provinceCode, officeId, instituteId, trainerId: null, branchId: null, traineeId: null };
        await tx.insertAll(
          RoleGrant,
          people.map(({ id: userId }) => ({ userId, role: Role.INSTITUTE_MANAGER, ...bounds })),
        );
      });
      return { first: 100 };
    },
  },
  standards: {
    by: COUNTY_OFFICER,
    async make({ tables, place: { standard, version } }, many) {
      const prefix = `9${String(many).length}`.padEnd(7, '0');
      await tables.database.write(SYSTEM, async (tx) => {
        const standards = copies(standard, many, (n) => ({ code: prefix + String(n).padStart(8, '0') }));
        await tx.insertAll(TrainingStandard, standards);
        await tx.insertAll(
          TrainingStandardVersion,
          standards.flatMap(({ id: standardId }) => copies(version, 1, () => ({ standardId }))),
        );
      });
      return { first: 100, search: prefix };
    },
  },
  traineeRecord: {
    by: COUNTY_OFFICER,
    async make(stage, many) {
      const { tables } = stage;
      const run = await stage.run();
      const enrolment = (await newEnrolments(tables, run, 1))[0]!;
      const runs = copies(run, many - 1, () => ({ number: `15-${newId().slice(-12)}` }));
      const { nationalId } = await tables.database.write(SYSTEM, async (tx) => {
        await tx.insertAll(CourseRun, runs);
        await tx.insertAll(
          Enrolment,
          runs.map(({ id: runId }) => ({ ...enrolment, id: newId(), runId })),
        );
        return tx.get(Trainee, { id: enrolment.traineeId });
      });
      return { nationalId };
    },
  },
  trainers: {
    by: COUNTY_OFFICER,
    async make({ tables, place }, many) {
      await appointed({ tables, place }, many - 1);
      return { first: 100, instituteId: place.institute.id };
    },
  },
  viewer: {
    by: COUNTY_OFFICER,
    async make({ tables }, many, caller) {
      const { viewer } = await caller.do<{ viewer: { userId: string } }>('{ viewer { userId } }');
      await tables.database.write(SYSTEM, async (tx) => {
        const grant = await tx.get(RoleGrant, { userId: viewer.userId });
        await tx.insertAll(
          RoleGrant,
          copies(grant, many - 1, () => ({})),
        );
      });
      return {};
    },
  },
};
