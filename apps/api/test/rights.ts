import type { Role } from '@app/access';

/** Who tries an operation: a role, or someone who has not signed in. */
export type Caller = keyof typeof Role | 'NOBODY';

export const FIELD = [
  'NATIONAL_OFFICER',
  'PROVINCIAL_OFFICER',
  'COUNTY_OFFICER',
  'ASSESSOR',
  'INSTITUTE_MANAGER',
  'TRAINER',
] as const;
/** Who signs in with a password. */
export const STAFF = ['ADMINISTRATOR', ...FIELD, 'EXAMINER', 'ASSOCIATION_MANAGER', 'CASE_WORKER', 'EMPLOYER'] as const;
export const SIGNED_IN = [...STAFF, 'GRADUATE'] as const;
/** Who lets the next lower level in, and in again. */
export const INVITERS = [
  'ADMINISTRATOR',
  'NATIONAL_OFFICER',
  'PROVINCIAL_OFFICER',
  'COUNTY_OFFICER',
  'ASSESSOR',
  'ASSOCIATION_MANAGER',
] as const;
/** Behind the wall. */
export const BRANCH = ['ASSOCIATION_MANAGER', 'CASE_WORKER'] as const;
/** Who works in an office, a branch, or keeps the system: they agree to what takes two. */
export const OF_AN_OFFICE = [...INVITERS, 'CASE_WORKER'] as const;
export const ANYONE = ['NOBODY', ...SIGNED_IN] as const;

/** For every operation of the schema, who may try it at all. Read by people; a field without a row fails the spec. */
export const rights: Record<string, readonly Caller[]> = {
  'Mutation.giveSeat': BRANCH,
  'Mutation.giveSeatToken': ['COUNTY_OFFICER'],
  'Mutation.referPerson': BRANCH,
  'Mutation.registerBranch': ['ADMINISTRATOR'],
  'Mutation.settleSeat': ['COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Mutation.signOut': ANYONE,
  'Mutation.takeBackSeat': BRANCH,
  'Mutation.takeBackSeatToken': ['COUNTY_OFFICER'],
  'Mutation.acceptInvitation': ANYONE,
  'Mutation.askRecovery': INVITERS,
  'Mutation.agreeToRequest': OF_AN_OFFICE,
  'Mutation.declineRequest': OF_AN_OFFICE,
  'Mutation.exportPeople': ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
  'Mutation.mergeTrainees': ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
  'Mutation.recordBirthDate': ['COUNTY_OFFICER'],
  'Mutation.revokeCertificate': ['PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
  'Query.traineeRecord': ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
  'Query.peopleExports': ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
  'Mutation.endDeputy': OF_AN_OFFICE,
  'Mutation.nameDeputy': OF_AN_OFFICE,
  'Mutation.withdrawRequest': OF_AN_OFFICE,
  'Query.colleagues': OF_AN_OFFICE,
  'Query.deputies': OF_AN_OFFICE,
  'Query.requestsAsked': OF_AN_OFFICE,
  'Query.requestsToAgree': OF_AN_OFFICE,
  'Mutation.beginAuthenticator': STAFF,
  'Mutation.changePassword': STAFF,
  'Mutation.confirmAuthenticator': STAFF,
  'Mutation.createDeviceToken': ['INSTITUTE_MANAGER', 'TRAINER'],
  'Mutation.createToken': STAFF,
  'Mutation.disableAccount': INVITERS,
  'Mutation.drawCodeSheet': STAFF,
  'Mutation.endOtherSessions': SIGNED_IN,
  'Mutation.endStaffSessions': INVITERS,
  'Mutation.giveRole': INVITERS,
  'Mutation.endSession': SIGNED_IN,
  'Mutation.resetPassword': INVITERS,
  'Mutation.setPassword': ANYONE,
  'Mutation.setSecondFactor': ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'ASSOCIATION_MANAGER'],
  'Mutation.setSessionLimits': ['ADMINISTRATOR', 'NATIONAL_OFFICER'],
  'Mutation.takeRole': INVITERS,
  'Query.secondFactor': STAFF,
  'Query.singleSignOn': ANYONE,
  'Query.secondFactorSetting': ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'ASSOCIATION_MANAGER'],
  'Query.sessionLimits': ['ADMINISTRATOR', 'NATIONAL_OFFICER'],
  'Query.sessions': SIGNED_IN,
  'Query.staff': INVITERS,
  // Of a device with a token; from a browser nobody.
  'Mutation.rotateDeviceToken': [],
  'Mutation.askOneTimePassword': ANYONE,
  'Mutation.enterOneTimePassword': ANYONE,
  'Mutation.enterBirthDate': ANYONE,
  'Mutation.changeMobile': ['COUNTY_OFFICER'],
  'Mutation.openGraduateSignIn': ['COUNTY_OFFICER'],
  'Mutation.objectToMobileChange': ['GRADUATE'],
  'Mutation.addRoom': ['COUNTY_OFFICER'],
  'Mutation.appointTrainer': ['COUNTY_OFFICER'],
  'Mutation.cancelCourseRun': ['COUNTY_OFFICER'],
  'Mutation.cancelDocument': SIGNED_IN,
  'Mutation.draftCertificateTemplate': ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER'],
  'Mutation.enrolClassList': ['COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Mutation.enrolTrainee': ['COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Mutation.enterExamMarks': ['COUNTY_OFFICER', 'ASSESSOR'],
  'Mutation.finishCourseRun': ['COUNTY_OFFICER'],
  // Each for the next lower level only; the example invites to an institute's trainer or manager.
  'Mutation.inviteUser': ['COUNTY_OFFICER'],
  'Mutation.issueCertificates': ['PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
  'Mutation.issueDuplicate': ['PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
  'Mutation.markAttendance': ['INSTITUTE_MANAGER', 'TRAINER'],
  'Mutation.openCourseRun': ['COUNTY_OFFICER'],
  'Mutation.openDocument': SIGNED_IN,
  // Each paper has its own people (`paper.policy.ts`); the example orders a letter of thanks.
  'Mutation.orderPaper': ['PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
  'Mutation.printOnStock': ['COUNTY_OFFICER'],
  'Mutation.publishCertificateTemplate': ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER'],
  'Mutation.readClassList': ['COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Mutation.receiveStock': ['COUNTY_OFFICER'],
  'Mutation.registerInstitute': ['COUNTY_OFFICER'],
  'Mutation.registerTrainer': ['COUNTY_OFFICER'],
  'Mutation.renewLicence': ['COUNTY_OFFICER'],
  'Mutation.requestAttendanceReport': ['PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Mutation.revealPerson': ['PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'ASSESSOR', 'INSTITUTE_MANAGER'],
  'Mutation.setClosedWeekdays': ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
  'Mutation.setStockPrinter': ['COUNTY_OFFICER'],
  'Mutation.signIn': ANYONE,
  'Mutation.spoilStockForm': ['COUNTY_OFFICER'],
  'Mutation.switchRole': SIGNED_IN,
  'Mutation.withdrawEnrolment': ['COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Query.attendanceSheet': FIELD,
  'Query.branches': ['ADMINISTRATOR'],
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
  'Query.certificateDuplicates': [
    'NATIONAL_OFFICER',
    'PROVINCIAL_OFFICER',
    'COUNTY_OFFICER',
    'ASSESSOR',
    'INSTITUTE_MANAGER',
  ],
  'Query.certificateStock': ['COUNTY_OFFICER'],
  'Query.certificateTemplates': ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER'],
  'Query.classListImport': ['COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
  'Query.courseRun': FIELD,
  'Query.courseRuns': FIELD,
  'Query.examSheet': FIELD,
  'Query.holidays': SIGNED_IN,
  'Query.institute': FIELD,
  'Query.institutes': FIELD,
  'Query.looksAtMe': ['GRADUATE'],
  'Query.me': ['GRADUATE'],
  'Query.myCertificates': ['GRADUATE'],
  'Query.newestCertificateBatch': [
    'NATIONAL_OFFICER',
    'PROVINCIAL_OFFICER',
    'COUNTY_OFFICER',
    'ASSESSOR',
    'INSTITUTE_MANAGER',
  ],
  'Query.offices': ['ADMINISTRATOR', 'NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'ASSESSOR'],
  'Query.openSeats': BRANCH,
  'Query.planCourseRun': ['COUNTY_OFFICER'],
  'Query.referral': BRANCH,
  'Query.referrals': BRANCH,
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

/** Where the thing lies that an operation is about, as seen from who asks. */
export const relations = ['own', 'sibling', 'parent', 'foreign', 'deleted'] as const;
/**
 * `own`: at the caller's own place, or made by the caller. `sibling`: in another institute of the own county. `parent`: in
 * another county of the own province. `foreign`: in another province. `deleted`: was there once, at the own place.
 */
export type Relation = (typeof relations)[number];
/** The relations in which each caller who may try an operation also reaches the thing; who is left out reaches none. */
export type Reach = Partial<Record<Caller, readonly Relation[]>>;

const PROVINCE = ['own', 'sibling', 'parent'] as const;
const COUNTY = ['own', 'sibling'] as const;
const OWN = ['own'] as const;
const COUNTRY = ['own', 'sibling', 'parent', 'foreign'] as const;

/** Along the tree of tenancy. */
const TREE: Reach = {
  ...{ NATIONAL_OFFICER: COUNTRY, PROVINCIAL_OFFICER: PROVINCE, ASSESSOR: PROVINCE, COUNTY_OFFICER: COUNTY },
  ...{ INSTITUTE_MANAGER: OWN, TRAINER: OWN },
};
/** Of which places anything at all may be told: a branch looks for seats in its province. */
export const toldOf: Reach = { ...TREE, ASSOCIATION_MANAGER: PROVINCE, CASE_WORKER: PROVINCE };
/** What the county keeps of its institutes; whoever is above or inside only looks. */
const OF_THE_COUNTY: Reach = { COUNTY_OFFICER: COUNTY };
/** Accounts of trainers: they belong to the whole province, and its county offices keep them. */
const TRAINERS: Reach = { COUNTY_OFFICER: PROVINCE };
/** What a county office asks of a second person: at the same desk, or at the one above. */
const AT_A_DESK: Reach = { PROVINCIAL_OFFICER: PROVINCE, COUNTY_OFFICER: COUNTY };
/** Behind the wall, each branch by itself. */
const OF_A_BRANCH: Reach = { ASSOCIATION_MANAGER: OWN, CASE_WORKER: OWN };
/** What a person has made, or is. */
const OF_THE_CALLER: Reach = Object.fromEntries(SIGNED_IN.map((role) => [role, OWN]));
/**
 * For every operation that is given an id, who reaches what it names; to all others it answers as if there were no such
 * thing. A new operation with an id and no row fails the spec. After the name stands an id that may be left out.
 */
export const reaches: Record<string, Reach> = {
  'Mutation.addRoom': OF_THE_COUNTY,
  'Mutation.agreeToRequest': { NATIONAL_OFFICER: COUNTRY, PROVINCIAL_OFFICER: PROVINCE },
  'Mutation.appointTrainer': OF_THE_COUNTY,
  'Mutation.askRecovery': TRAINERS,
  'Mutation.cancelCourseRun': TREE,
  'Mutation.cancelDocument': TREE,
  'Mutation.changeMobile': TREE,
  'Mutation.declineRequest': AT_A_DESK,
  'Mutation.disableAccount': TRAINERS,
  // The country's forms and the own province's.
  'Mutation.draftCertificateTemplate emblemOfId': { NATIONAL_OFFICER: OWN, PROVINCIAL_OFFICER: PROVINCE },
  'Mutation.draftCertificateTemplate emblemUploadId': OF_THE_CALLER,
  'Mutation.endDeputy': { COUNTY_OFFICER: OWN },
  // A graduate has no token that the recipe could make and end.
  'Mutation.endSession': { ...OF_THE_CALLER, GRADUATE: [] },
  'Mutation.endStaffSessions': TRAINERS,
  'Mutation.enrolClassList': TREE,
  'Mutation.enrolTrainee': TREE,
  'Mutation.enterExamMarks': TREE,
  'Mutation.exportPeople': TREE,
  'Mutation.finishCourseRun': TREE,
  // A role at an institute of the county, for a trainer.
  'Mutation.giveRole': OF_THE_COUNTY,
  'Mutation.giveSeat': OF_A_BRANCH,
  'Mutation.giveSeatToken': TREE,
  'Mutation.inviteUser': OF_THE_COUNTY,
  'Mutation.inviteUser trainerId': TRAINERS,
  'Mutation.issueCertificates': TREE,
  'Mutation.issueDuplicate': TREE,
  'Mutation.markAttendance': TREE,
  'Mutation.mergeTrainees': TREE,
  'Mutation.nameDeputy': { COUNTY_OFFICER: COUNTY },
  'Mutation.openCourseRun': OF_THE_COUNTY,
  'Mutation.openDocument': TREE,
  'Mutation.openGraduateSignIn': TREE,
  'Mutation.orderPaper': TREE,
  'Mutation.printOnStock': TREE,
  // The country's for the national office, each province's for itself.
  'Mutation.publishCertificateTemplate': { NATIONAL_OFFICER: OWN, PROVINCIAL_OFFICER: PROVINCE },
  'Mutation.readClassList': TREE,
  'Mutation.renewLicence': OF_THE_COUNTY,
  'Mutation.recordBirthDate': TREE,
  'Mutation.requestAttendanceReport': TREE,
  'Mutation.resetPassword': TRAINERS,
  'Mutation.revealPerson': TREE,
  'Mutation.revokeCertificate': TREE,
  'Mutation.setClosedWeekdays': OF_THE_COUNTY,
  'Mutation.setClosedWeekdays officeId': OF_THE_COUNTY,
  'Mutation.settleSeat': TREE,
  'Mutation.switchRole': OF_THE_CALLER,
  'Mutation.takeRole': OF_THE_COUNTY,
  'Mutation.takeBackSeat': OF_A_BRANCH,
  'Mutation.withdrawEnrolment': TREE,
  // Who has asked; who may ask is one table with the deeds that take two.
  'Mutation.withdrawRequest': {
    ...{ NATIONAL_OFFICER: OWN, PROVINCIAL_OFFICER: OWN, COUNTY_OFFICER: OWN, ASSOCIATION_MANAGER: OWN },
  },
  'Query.attendanceSheet': TREE,
  'Query.certificateBatch': TREE,
  'Query.certificateCandidates': TREE,
  'Query.certificateDuplicates': TREE,
  'Query.classListImport': TREE,
  'Query.courseRun': TREE,
  'Query.courseRuns filter.instituteId': TREE,
  'Query.examSheet': TREE,
  'Query.institute': TREE,
  'Query.newestCertificateBatch': TREE,
  'Query.planCourseRun': OF_THE_COUNTY,
  'Query.referral': OF_A_BRANCH,
  'Query.runPapers': TREE,
  'Query.storedDocument': TREE,
  // A list: what lies outside is left out of it.
  'Query.trainers': TREE,
  'Subscription.certificateBatchProgress': TREE,
  'Subscription.classListImportProgress': TREE,
  'Subscription.documentProgress': TREE,
};
