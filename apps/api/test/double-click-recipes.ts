import { Role } from '@app/access';
import { Certificate } from '@app/certification';
import { DocumentState, StoredDocument } from '@app/documents';
import { addDays, toAsciiDigits } from '@app/persian';
import { Secret, TOTP } from 'otpauth';
import { mobileIndex, OutgoingMessage } from '@app/messaging';
import { newId, SYSTEM } from '@app/platform';
import { newEnrolments, newNationalId, qualifiedRun } from '@app/testing';
import { CourseRunStatus, IdentityCheck, MobileChange, MobileChangeState, Trainee } from '@app/training';
import { PASSWORD, type Stage } from './stage.js';
import type { Person } from './test-api.js';

/** How a mutation is called so that it changes something: by whom, and each time about something new. */
export interface Recipe {
  /** Left out, the caller has not signed in. */
  by?: Role;
  /** The answer holds a secret and is given once. */
  secret?: true;
  /** The caller is a device with a token of its own. */
  device?: true;
  /** Someone at a browser that has come so far already; left out, a new browser. */
  caller?(stage: Stage): Promise<Person>;
  /** Ends the caller's session, so each call needs a caller of its own. */
  endsSession?: true;
  variables(stage: Stage, caller: Person): object | Promise<object>;
}

const {
  ADMINISTRATOR,
  CASE_WORKER,
  COUNTY_OFFICER,
  INSTITUTE_MANAGER,
  ASSESSOR,
  TRAINER,
  PROVINCIAL_OFFICER,
  NATIONAL_OFFICER,
} = Role;
/** The same password in other digits: two calls that follow one another are not the same. */
const passwordInTurn = (stage: Stage) => (stage.next('password') % 2 ? PASSWORD : toAsciiDigits(PASSWORD));
const newToken = async (caller: Person): Promise<{ id: string }> => {
  const { createToken } = await caller.do<{ createToken: { id: string } }>(
    'mutation ($input: CreateTokenInput!) { createToken(input: $input) { id } }',
    input({ name: 'گزارش', scopes: ['viewer'], days: 1 }),
  );
  return createToken;
};
const template = { design: 'SOBER', title: 'گواهینامهٔ مهارت' };
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
/** The report of a run of its own. */
async function document(
  stage: Stage,
  how: Pick<StoredDocument, 'state' | 'sha256' | 'bytes' | 'readyAt'>,
): Promise<{ id: string }> {
  const subjectId = (await stage.run()).id;
  const { id } = await stage.tables.database.write(SYSTEM, (tx) =>
    tx.insert(StoredDocument, {
      ...{ kind: 'ATTENDANCE_REPORT_PDF', subjectId, fileName: 'a.pdf', mimeType: 'application/pdf' },
      ...{ reason: null, requestedBy: newId(), requestedAt: new Date(), ...how },
    }),
  );
  return { id };
}

const BEGIN = `mutation ($input: PasswordInput!) { beginAuthenticator(input: $input) { ... on AuthenticatorSetup { key } } }`;
const SHEET = `mutation ($input: PasswordInput!) { drawCodeSheet(input: $input) { ... on OneTimeCodes { codes } } }`;
/** A form of certificates that is not in use yet. */
async function drafted(officer: Person): Promise<string> {
  const { draftCertificateTemplate } = await officer.do<{ draftCertificateTemplate: { id: string } }>(
    `mutation ($input: DraftCertificateTemplateInput!) {
      draftCertificateTemplate(input: $input) { ... on CertificateTemplate { id } } }`,
    input(template),
  );
  return draftCertificateTemplate.id;
}

/** A request that waits for somebody else of the office. */
async function asked(stage: Stage, asker: Person): Promise<string> {
  const { setSecondFactor } = await asker.do<{ setSecondFactor: { id: string } }>(
    'mutation ($input: SetSecondFactorInput!) { setSecondFactor(input: $input) { ... on AgreementRequest { id } } }',
    input({ required: false, networks: [`10.${stage.next('network')}.0.0/16`], purpose: 'سفارش حراست' }),
  );
  return setSecondFactor.id;
}
const askedByAnother = async (stage: Stage) => asked(stage, await stage.other(COUNTY_OFFICER));
const named = async (stage: Stage, caller: Person): Promise<string> => {
  const { nameDeputy } = await caller.do<{ nameDeputy: { deputies: { id: string }[] } }>(
    'mutation ($input: NameDeputyInput!) { nameDeputy(input: $input) { ... on DeputyList { deputies { id } } } }',
    input({ deputyId: await stage.userId(COUNTY_OFFICER), from: stage.today, to: stage.today }),
  );
  return nameDeputy.deputies.at(-1)?.id ?? '';
};

/** Issues the certificates of a new run, and gives the id of one. */
async function certificate(stage: Stage, officer: Person): Promise<string> {
  const { run } = await qualifiedRun(stage.tables, 2, stage.place);
  await officer.do(
    'mutation ($input: IssueCertificatesInput!) { issueCertificates(input: $input) { ... on CertificateBatch { id } } }',
    input({ runId: run.id }),
  );
  await stage.runJobs('issueBatch');
  return (await newestCertificate(stage)).id;
}
const newestCertificate = async ({ tables }: Stage) =>
  (await tables.database.read((tx) => tx.repo(Certificate).find({ order: { id: 'DESC' }, take: 1 })))[0]!;

/** Numbers of forms that nobody has received. */
const range = (stage: Stage, many: number) => {
  const first = stage.next('forms') * 10_000;
  return { first, last: first + many - 1 };
};
async function received(stage: Stage, officer: Person, many: number) {
  const forms = { series: 'ب', ...range(stage, many) };
  await officer.do(
    'mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { ... on StockSeries { blank } } }',
    input(forms),
  );
  return forms;
}

const REFER = 'mutation ($input: ReferPersonInput!) { referPerson(input: $input) { ... on ReferredPerson { id } } }';
const GIVE_SEAT = 'mutation ($input: GiveSeatInput!) { giveSeat(input: $input) { ... on GivenSeat { id } } }';
const GIVE_TOKEN =
  'mutation ($input: GiveSeatTokenInput!) { giveSeatToken(input: $input) { ... on GivenSeatToken { code } } }';
const referred = () => ({
  ...newPerson(),
  ...{ familyFile: 'پ-۱۲', familyTie: 'SPOUSE', eligibilityReason: 'سرپرست خانوار است' },
});
/** Refers somebody new, and gives the id of the referral. */
async function referral(caseWorker: Person): Promise<string> {
  const { referPerson } = await caseWorker.do<{ referPerson: { id: string } }>(REFER, input(referred()));
  return referPerson.id;
}
/** A token that the office gave. */
async function seatToken(officer: Person, runId: string): Promise<string> {
  const { giveSeatToken } = await officer.do<{ giveSeatToken: { code: string } }>(GIVE_TOKEN, input({ runId }));
  return giveSeatToken.code;
}

/** What the register knows of the graduates who sign in here. */
const BIRTH_DAY = '1990-01-01';
const newMobile = (stage: Stage) => `0935${String(stage.next('mobile')).padStart(7, '0')}`;

/** A trainee with a number of their own. */
async function reachable(stage: Stage, mobile: string, id = newId()): Promise<string> {
  const { database, keys } = stage.tables;
  const nationalId = newNationalId();
  await database.write(SYSTEM, (tx) =>
    tx.insert(Trainee, {
      ...{ id, nationalId, nationalIdIndex: keys.blindIndex('nationalId', nationalId), ...names, fatherName: null },
      ...{ birthDay: BIRTH_DAY, mobile, mobileIndex: mobileIndex(keys, mobile), createdAt: new Date() },
    }),
  );
  return id;
}
const names = { givenName: 'زهرا', familyName: 'رضایی' };
const passwords = new WeakMap<Person, string>();

/** Someone new who has asked for a one-time password, which stands in `passwords`. */
async function dialled(stage: Stage): Promise<Person> {
  const mobile = newMobile(stage);
  await reachable(stage, mobile);
  const { nobody } = stage.api;
  const caller = await nobody.kept(
    'mutation ($input: AskOneTimePasswordInput!) { askOneTimePassword(input: $input) { __typename } }',
    input({ mobile }),
  );
  const [message] = await stage.tables.database.read((tx) =>
    tx.repo(OutgoingMessage).find({ order: { id: 'DESC' }, take: 1 }),
  );
  passwords.set(caller, (JSON.parse(message?.parameters ?? '') as { code: string }).code);
  return caller;
}
const typed = async (caller: Person): Promise<Person> =>
  caller.kept(
    'mutation ($input: EnterOneTimePasswordInput!) { enterOneTimePassword(input: $input) { __typename } }',
    input({ password: passwords.get(caller) }),
  );

/** Someone enrolled in a new run of the stage. */
async function enrolled(stage: Stage): Promise<string> {
  const [enrolment] = await newEnrolments(stage.tables, await stage.run(), 1);
  return enrolment!.id;
}

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
  agreeToRequest: {
    by: PROVINCIAL_OFFICER,
    async variables(stage) {
      const another = await stage.other(PROVINCIAL_OFFICER);
      const { publishCertificateTemplate } = await another.do<{ publishCertificateTemplate: { id: string } }>(
        `mutation ($input: PublishCertificateTemplateInput!) {
          publishCertificateTemplate(input: $input) { ... on AgreementRequest { id } } }`,
        input({ templateId: await drafted(another), purpose: 'شکل تازه' }),
      );
      return { requestId: publishCertificateTemplate.id };
    },
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
  askOneTimePassword: {
    secret: true,
    // From an address that has asked before: the first one leaves a row to be locked by the next.
    async caller(stage) {
      await dialled(stage);
      return stage.api.nobody;
    },
    variables: async (stage) => input({ mobile: newMobile(stage) }),
  },
  enterOneTimePassword: {
    secret: true,
    caller: dialled,
    variables: (_, caller) => input({ password: passwords.get(caller) }),
  },
  enterBirthDate: {
    secret: true,
    caller: async (stage) => typed(await dialled(stage)),
    // Of two calls that follow one another the second is another: more is said than is asked for.
    variables: (stage) => input({ birthDay: BIRTH_DAY, nationalIdEnd: String(stage.next('end')) }),
  },
  changeMobile: {
    by: COUNTY_OFFICER,
    async variables(stage) {
      const words = { identityCheck: 'NATIONAL_CARD', vouching: 'گوشی گم شده است' };
      return input({ enrolmentId: await enrolled(stage), mobile: newMobile(stage), ...words });
    },
  },
  openGraduateSignIn: {
    by: COUNTY_OFFICER,
    variables: async (stage) => input({ enrolmentId: await enrolled(stage), identityCheck: 'NATIONAL_CARD' }),
  },
  recordBirthDate: {
    by: COUNTY_OFFICER,
    async variables(stage) {
      const enrolmentId = await enrolled(stage);
      await stage.tables.database.write(SYSTEM, (tx) =>
        tx.execute('UPDATE trainee SET birthDay = NULL WHERE id = (SELECT traineeId FROM enrolment WHERE id = ?)', [
          enrolmentId,
        ]),
      );
      return input({ enrolmentId, birthDay: '2001-03-21', identityCheck: 'NATIONAL_CARD' });
    },
  },
  objectToMobileChange: {
    by: Role.GRADUATE,
    async variables(stage) {
      const { graduateId: traineeId, tables } = stage;
      const known = await tables.database.read((tx) => tx.repo(Trainee).existsBy({ id: traineeId }));
      if (!known) await reachable(stage, newMobile(stage), traineeId);
      const people = { oldMobile: null, newMobile: newMobile(stage), vouchedById: newId() };
      const words = { identityCheck: IdentityCheck.NATIONAL_CARD, vouching: 'گوشی گم شده است' };
      const times = { vouchedAt: new Date(), takesEffectAt: new Date(), settledAt: null };
      const change = { traineeId, ...people, ...words, ...times, state: MobileChangeState.WAITING };
      await tables.database.write(SYSTEM, (tx) => tx.insert(MobileChange, change));
      return {};
    },
  },
  askRecovery: {
    by: COUNTY_OFFICER,
    variables: async (stage) => input({ userId: await stage.userId(TRAINER), purpose: 'گوشی‌اش گم شده' }),
  },
  beginAuthenticator: {
    by: ASSESSOR,
    secret: true,
    async variables(stage, caller) {
      // The first one of a person adds a row, the next ones change it.
      await caller.do(BEGIN, input({ password: PASSWORD }));
      return input({ password: passwordInTurn(stage) });
    },
  },
  cancelCourseRun: {
    by: COUNTY_OFFICER,
    variables: async (stage) => input({ runId: (await stage.run()).id, reason: 'کارگاه آب گرفت' }),
  },
  cancelDocument: {
    by: COUNTY_OFFICER,
    variables: (stage) => document(stage, { state: DocumentState.WAITING, sha256: null, bytes: null, readyAt: null }),
  },
  changePassword: {
    by: ASSESSOR,
    secret: true,
    variables: (stage) => input({ password: passwordInTurn(stage), newPassword: PASSWORD }),
  },
  confirmAuthenticator: {
    by: TRAINER,
    async variables(_, caller) {
      const { beginAuthenticator } = await caller.do<{ beginAuthenticator: { key: string } }>(
        BEGIN,
        input({ password: PASSWORD }),
      );
      return input({ code: new TOTP({ secret: Secret.fromBase32(beginAuthenticator.key) }).generate() });
    },
  },
  createDeviceToken: {
    by: TRAINER,
    secret: true,
    variables: (stage) => input({ name: `تلفن ${stage.next('device')}` }),
  },
  createToken: {
    by: COUNTY_OFFICER,
    secret: true,
    variables: (stage) => input({ name: `گزارش ${stage.next('token')}`, scopes: ['courseRuns'], days: 30 }),
  },
  declineRequest: {
    by: COUNTY_OFFICER,
    variables: async (stage) => input({ requestId: await askedByAnother(stage), answer: 'سند ندارد' }),
  },
  disableAccount: {
    by: COUNTY_OFFICER,
    variables: async (stage) => input({ userId: await stage.userId(TRAINER), disabled: true }),
  },
  drawCodeSheet: {
    by: ASSESSOR,
    secret: true,
    async variables(stage, caller) {
      // The first sheet of a person adds rows, the next ones take their place.
      await caller.do(SHEET, input({ password: PASSWORD }));
      return input({ password: passwordInTurn(stage) });
    },
  },
  endDeputy: { by: COUNTY_OFFICER, variables: async (stage, caller) => ({ id: await named(stage, caller) }) },
  endOtherSessions: {
    by: PROVINCIAL_OFFICER,
    async variables(_, caller) {
      await newToken(caller);
      return {};
    },
  },
  endSession: { by: ASSESSOR, variables: async (_, caller) => ({ id: (await newToken(caller)).id }) },
  draftCertificateTemplate: {
    by: PROVINCIAL_OFFICER,
    variables: (stage) => input({ ...template, title: `${template.title} ${stage.next('template')}` }),
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
  exportPeople: {
    by: COUNTY_OFFICER,
    async variables(stage) {
      await newEnrolments(stage.tables, await stage.run(), 1);
      return input({ officeId: stage.place.county.id, purpose: `آمار ${stage.next('export')}` });
    },
  },
  finishCourseRun: {
    by: COUNTY_OFFICER,
    variables: async (stage) => input({ runId: (await stage.run(CourseRunStatus.RUNNING)).id }),
  },
  giveSeat: {
    by: CASE_WORKER,
    secret: true,
    variables: async (stage, caller) => input({ referralId: await referral(caller), runId: (await stage.run()).id }),
  },
  giveSeatToken: {
    by: COUNTY_OFFICER,
    secret: true,
    variables: async (stage) => input({ runId: (await stage.run()).id }),
  },
  endStaffSessions: {
    by: COUNTY_OFFICER,
    variables: async (stage) => ({ userId: await stage.userId(TRAINER) }),
  },
  giveRole: {
    by: COUNTY_OFFICER,
    variables: async (stage) =>
      input({ userId: await stage.userId(TRAINER), role: 'INSTITUTE_MANAGER', instituteId: stage.place.institute.id }),
  },
  takeRole: {
    by: COUNTY_OFFICER,
    async variables(stage, officer) {
      const userId = await stage.userId(TRAINER);
      const { giveRole } = await officer.do<{ giveRole: { grants: { id: string }[] } }>(
        'mutation ($input: GiveRoleInput!) { giveRole(input: $input) { grants { id } } }',
        input({ userId, role: 'INSTITUTE_MANAGER', instituteId: stage.place.institute.id }),
      );
      return input({ userId, grantId: giveRole.grants.at(-1)!.id });
    },
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
  issueDuplicate: {
    by: COUNTY_OFFICER,
    variables: async (stage, caller) => input({ certificateId: await certificate(stage, caller), reason: 'LOST' }),
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
  mergeTrainees: {
    by: COUNTY_OFFICER,
    async variables(stage) {
      const person = async () => (await newEnrolments(stage.tables, await stage.run(), 1))[0]?.traineeId;
      return input({ keptId: await person(), mergedId: await person(), purpose: 'کد ملی نادرست' });
    },
  },
  nameDeputy: {
    by: COUNTY_OFFICER,
    variables: async (stage) =>
      input({ deputyId: await stage.userId(COUNTY_OFFICER), from: stage.today, to: stage.today }),
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
    variables: (stage) =>
      document(stage, { state: DocumentState.READY, sha256: 'a'.repeat(64), bytes: 1, readyAt: new Date() }),
  },
  orderPaper: {
    by: COUNTY_OFFICER,
    variables: async (stage) => input({ runId: (await stage.run()).id, kind: 'ATTENDANCE_SHEET' }),
  },
  printOnStock: {
    by: COUNTY_OFFICER,
    async variables(stage, caller) {
      await certificate(stage, caller);
      const { setStockPrinter } = await caller.do<{ setStockPrinter: { id: string } }>(
        'mutation ($input: SetStockPrinterInput!) { setStockPrinter(input: $input) { id } }',
        input({ name: `چاپگر ${stage.next('printer')}`, rightTenths: 0, downTenths: 0 }),
      );
      const { series, first } = await received(stage, caller, 2);
      const { runId } = await newestCertificate(stage);
      return input({ runId, printerId: setStockPrinter.id, series, firstNumber: first, highestOnTop: false });
    },
  },
  publishCertificateTemplate: {
    by: PROVINCIAL_OFFICER,
    variables: async (_, officer) => input({ templateId: await drafted(officer), purpose: 'شکل تازه' }),
  },
  readClassList: {
    by: INSTITUTE_MANAGER,
    variables: async (stage, caller) => input({ runId: (await stage.run()).id, uploadId: await classList(caller) }),
  },
  receiveStock: {
    by: COUNTY_OFFICER,
    variables: (stage) => input({ series: 'الف', ...range(stage, 3) }),
  },
  referPerson: { by: CASE_WORKER, variables: () => input(referred()) },
  registerBranch: {
    by: ADMINISTRATOR,
    variables: (stage) => input({ name: `شعبهٔ ${stage.next('branch')}`, provinceCode: '15' }),
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
  resetPassword: {
    by: COUNTY_OFFICER,
    secret: true,
    variables: async (stage) => ({ userId: await stage.userId(TRAINER) }),
  },
  rotateDeviceToken: { by: TRAINER, device: true, secret: true, variables: () => ({}) },
  revealPerson: {
    by: INSTITUTE_MANAGER,
    secret: true,
    async variables(stage) {
      const [enrolment] = await newEnrolments(stage.tables, await stage.run(), 1);
      return input({ enrolmentId: enrolment?.id, purpose: 'برای بیمهٔ حادثه' });
    },
  },
  revokeCertificate: {
    by: COUNTY_OFFICER,
    variables: async (stage, caller) =>
      input({ certificateId: await certificate(stage, caller), purpose: 'نمرهٔ نادرست' }),
  },
  setClosedWeekdays: {
    by: COUNTY_OFFICER,
    variables: (stage) =>
      input({ instituteId: stage.place.institute.id, weekdays: [(stage.next('closed day') % 7) + 1] }),
  },
  setPassword: {
    secret: true,
    async variables(stage) {
      const officer = await stage.person(COUNTY_OFFICER);
      const { resetPassword } = await officer.do<{ resetPassword: { token: string } }>(
        'mutation ($userId: ID!) { resetPassword(userId: $userId) { token } }',
        { userId: await stage.userId(TRAINER) },
      );
      return input({ token: resetPassword.token, password: PASSWORD });
    },
  },
  setSecondFactor: {
    by: COUNTY_OFFICER,
    variables: (stage) =>
      input({ required: false, networks: [`10.${stage.next('network')}.0.0/16`], purpose: 'سفارش حراست' }),
  },
  setSessionLimits: {
    by: NATIONAL_OFFICER,
    variables: (stage) =>
      input({ role: 'EXAMINER', idleMinutes: 30 + stage.next('limits'), absoluteMinutes: 720, purpose: 'سفارش حراست' }),
  },
  setStockPrinter: {
    by: COUNTY_OFFICER,
    variables: (stage) => input({ name: `اتاق ${stage.next('printer')}`, rightTenths: 5, downTenths: -2 }),
  },
  settleSeat: {
    by: INSTITUTE_MANAGER,
    async variables(stage) {
      const run = await stage.run();
      const [enrolment] = await newEnrolments(stage.tables, run, 1);
      const code = await seatToken(await stage.person(COUNTY_OFFICER), run.id);
      return input({ enrolmentId: enrolment?.id, code });
    },
  },
  signIn: {
    secret: true,
    variables: async (stage) => input({ userName: await stage.account([ASSESSOR]), password: PASSWORD }),
  },
  signOut: { by: ASSESSOR, endsSession: true, variables: () => ({}) },
  spoilStockForm: {
    by: COUNTY_OFFICER,
    async variables(stage, caller) {
      const { series, first } = await received(stage, caller, 1);
      return input({ series, number: first, reason: 'در چاپگر پاره شد' });
    },
  },
  switchRole: {
    by: ASSESSOR,
    secret: true,
    endsSession: true,
    async variables(_, caller) {
      const { viewer } = await caller.do<{ viewer: { grants: { id: string }[] } }>('{ viewer { grants { id } } }');
      return { grantId: viewer.grants.at(-1)?.id };
    },
  },
  takeBackSeat: {
    by: CASE_WORKER,
    async variables(stage, caller) {
      const seat = { referralId: await referral(caller), runId: (await stage.run()).id };
      const { giveSeat } = await caller.do<{ giveSeat: { id: string } }>(GIVE_SEAT, input(seat));
      return input({ seatId: giveSeat.id });
    },
  },
  takeBackSeatToken: {
    by: COUNTY_OFFICER,
    variables: async (stage, caller) => input({ code: await seatToken(caller, (await stage.run()).id) }),
  },
  withdrawRequest: {
    by: COUNTY_OFFICER,
    variables: async (stage, caller) => ({ requestId: await asked(stage, caller) }),
  },
  withdrawEnrolment: {
    by: INSTITUTE_MANAGER,
    async variables(stage) {
      const [enrolment] = await newEnrolments(stage.tables, await stage.run(), 1);
      return input({ enrolmentId: enrolment?.id });
    },
  },
};
