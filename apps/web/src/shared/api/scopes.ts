import type { Fields } from './graphql.js';

type Operation = keyof Fields<'Query'> | keyof Fields<'Mutation'> | keyof Fields<'Subscription'>;

/** What people do themselves: the API makes no token for it. */
type InPerson =
  | 'acceptInvitation'
  | 'agreeToRequest'
  | 'askOneTimePassword'
  | 'askRecovery'
  | 'beginAuthenticator'
  | 'branches'
  | 'changeMobile'
  | 'changePassword'
  | 'colleagues'
  | 'confirmAuthenticator'
  | 'createDeviceToken'
  | 'createToken'
  | 'declineRequest'
  | 'deputies'
  | 'disableAccount'
  | 'drawCodeSheet'
  | 'endDeputy'
  | 'endOtherSessions'
  | 'endSession'
  | 'endStaffSessions'
  | 'enterBirthDate'
  | 'enterOneTimePassword'
  | 'exportPeople'
  | 'giveRole'
  | 'giveSeat'
  | 'giveSeatToken'
  | 'inviteUser'
  | 'me'
  | 'mergeTrainees'
  | 'myCertificates'
  | 'nameDeputy'
  | 'objectToMobileChange'
  | 'openGraduateSignIn'
  | 'openSeats'
  | 'peopleExports'
  | 'recordBirthDate'
  | 'referPerson'
  | 'referral'
  | 'referrals'
  | 'registerBranch'
  | 'requestsAsked'
  | 'requestsToAgree'
  | 'resetPassword'
  | 'revokeCertificate'
  | 'secondFactor'
  | 'secondFactorSetting'
  | 'sessionLimits'
  | 'sessions'
  | 'setPassword'
  | 'setSecondFactor'
  | 'setSessionLimits'
  | 'signIn'
  | 'signOut'
  | 'staff'
  | 'switchRole'
  | 'takeRole'
  | 'takeBackSeat'
  | 'takeBackSeatToken'
  | 'traineeRecord'
  | 'withdrawRequest';

/** What a token may be made for: an operation, handing in a file, or texts of queries of the program's own. */
export type Scope = Exclude<Operation, InPerson> | 'upload' | 'anyQuery';

export type ScopeGroup =
  'courses' | 'classList' | 'attendance' | 'exams' | 'certificates' | 'papers' | 'places' | 'own';

/** Under which subject each of them is shown: a new operation does not compile without its place. */
const groupOf: Record<Scope, ScopeGroup> = {
  cancelCourseRun: 'courses',
  courseRun: 'courses',
  courseRuns: 'courses',
  finishCourseRun: 'courses',
  holidays: 'courses',
  openCourseRun: 'courses',
  planCourseRun: 'courses',
  setClosedWeekdays: 'courses',
  standards: 'courses',
  classListImport: 'classList',
  classListImportProgress: 'classList',
  enrolClassList: 'classList',
  enrolTrainee: 'classList',
  readClassList: 'classList',
  revealPerson: 'classList',
  settleSeat: 'classList',
  withdrawEnrolment: 'classList',
  attendanceSheet: 'attendance',
  markAttendance: 'attendance',
  requestAttendanceReport: 'attendance',
  rotateDeviceToken: 'attendance',
  enterExamMarks: 'exams',
  examSheet: 'exams',
  certificateBatch: 'certificates',
  certificateBatchProgress: 'certificates',
  certificateCandidates: 'certificates',
  certificateDuplicates: 'certificates',
  certificateTemplates: 'certificates',
  draftCertificateTemplate: 'certificates',
  issueCertificates: 'certificates',
  issueDuplicate: 'certificates',
  newestCertificateBatch: 'certificates',
  publishCertificateTemplate: 'certificates',
  certificateStock: 'papers',
  documentProgress: 'papers',
  cancelDocument: 'papers',
  openDocument: 'papers',
  orderPaper: 'papers',
  printOnStock: 'papers',
  receiveStock: 'papers',
  runPapers: 'papers',
  setStockPrinter: 'papers',
  spoilStockForm: 'papers',
  storedDocument: 'papers',
  upload: 'papers',
  addRoom: 'places',
  appointTrainer: 'places',
  institute: 'places',
  institutes: 'places',
  offices: 'places',
  registerInstitute: 'places',
  registerTrainer: 'places',
  renewLicence: 'places',
  trainers: 'places',
  anyQuery: 'own',
  looksAtMe: 'own',
  singleSignOn: 'own',
  viewer: 'own',
};

/** The scopes by subject, in the order of the course's life; a subject without any is left out. */
export function scopesBySubject(scopes: readonly string[]): { group: ScopeGroup; scopes: Scope[] }[] {
  const known = scopes.filter((scope): scope is Scope => Object.hasOwn(groupOf, scope));
  return [...new Set(Object.values(groupOf))]
    .map((group) => ({ group, scopes: known.filter((scope) => groupOf[scope] === group) }))
    .filter((each) => each.scopes.length > 0);
}
