import type { Role } from '@app/access';

/** Who tries an operation: a role, or someone who has not signed in. */
export type Caller = keyof typeof Role | 'NOBODY';

const FIELD = [
  'NATIONAL_OFFICER',
  'PROVINCIAL_OFFICER',
  'COUNTY_OFFICER',
  'ASSESSOR',
  'INSTITUTE_MANAGER',
  'TRAINER',
] as const;
const SIGNED_IN = [
  'ADMINISTRATOR',
  ...FIELD,
  'EXAMINER',
  'ASSOCIATION_MANAGER',
  'CASE_WORKER',
  'EMPLOYER',
  'GRADUATE',
] as const;
const ANYONE = ['NOBODY', ...SIGNED_IN] as const;

/** For every operation of the schema, who may try it at all. Read by people; a field without a row fails the spec. */
export const rights: Record<string, readonly Caller[]> = {
  'Mutation.signOut': ANYONE,
  'Mutation.acceptInvitation': ANYONE,
  'Mutation.addRoom': ['COUNTY_OFFICER'],
  'Mutation.appointTrainer': ['COUNTY_OFFICER'],
  'Mutation.cancelCourseRun': ['COUNTY_OFFICER'],
  'Mutation.enrolClassList': ['COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Mutation.enrolTrainee': ['COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Mutation.enterExamMarks': ['COUNTY_OFFICER', 'ASSESSOR'],
  'Mutation.finishCourseRun': ['COUNTY_OFFICER'],
  // Each for the next lower level only; the example invites to an institute's trainer or manager.
  'Mutation.inviteUser': ['COUNTY_OFFICER'],
  'Mutation.issueCertificates': ['PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
  'Mutation.markAttendance': ['INSTITUTE_MANAGER', 'TRAINER'],
  'Mutation.openCourseRun': ['COUNTY_OFFICER'],
  'Mutation.openDocument': SIGNED_IN,
  // Each paper has its own people (`paper.policy.ts`); the example orders a letter of thanks.
  'Mutation.orderPaper': ['PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
  'Mutation.readClassList': ['COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Mutation.registerInstitute': ['COUNTY_OFFICER'],
  'Mutation.registerTrainer': ['COUNTY_OFFICER'],
  'Mutation.renewLicence': ['COUNTY_OFFICER'],
  'Mutation.requestAttendanceReport': ['PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Mutation.revealPerson': ['PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'ASSESSOR', 'INSTITUTE_MANAGER'],
  'Mutation.setClosedWeekdays': ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
  'Mutation.signIn': ANYONE,
  'Mutation.switchRole': SIGNED_IN,
  'Mutation.withdrawEnrolment': ['COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Query.attendanceSheet': FIELD,
  'Query.certificateBatch': [
    'NATIONAL_OFFICER',
    'PROVINCIAL_OFFICER',
    'COUNTY_OFFICER',
    'ASSESSOR',
    'INSTITUTE_MANAGER',
  ],
  'Query.certificateCandidates': [
    'NATIONAL_OFFICER',
    'PROVINCIAL_OFFICER',
    'COUNTY_OFFICER',
    'ASSESSOR',
    'INSTITUTE_MANAGER',
  ],
  'Query.classListImport': ['COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Query.courseRun': FIELD,
  'Query.courseRuns': FIELD,
  'Query.examSheet': FIELD,
  'Query.holidays': SIGNED_IN,
  'Query.institute': FIELD,
  'Query.institutes': FIELD,
  'Query.looksAtMe': ['GRADUATE'],
  'Query.newestCertificateBatch': [
    'NATIONAL_OFFICER',
    'PROVINCIAL_OFFICER',
    'COUNTY_OFFICER',
    'ASSESSOR',
    'INSTITUTE_MANAGER',
  ],
  'Query.offices': ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'ASSESSOR'],
  'Query.planCourseRun': ['COUNTY_OFFICER'],
  'Query.runPapers': FIELD,
  'Query.standards': SIGNED_IN,
  'Query.storedDocument': SIGNED_IN,
  'Query.trainers': FIELD,
  'Query.viewer': ANYONE,
  'Subscription.certificateBatchProgress': [
    'NATIONAL_OFFICER',
    'PROVINCIAL_OFFICER',
    'COUNTY_OFFICER',
    'ASSESSOR',
    'INSTITUTE_MANAGER',
  ],
  'Subscription.classListImportProgress': ['COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Subscription.documentProgress': SIGNED_IN,
};
