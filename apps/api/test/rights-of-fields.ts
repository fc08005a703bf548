import { ANYONE, BRANCH, type Caller, FIELD, INVITERS, OF_AN_OFFICE, SIGNED_IN, STAFF } from './rights.js';

/**
 * For every type that answers are made of: its fields, and who can be told one at all, by some operation. How near a
 * thing must be for that is said in `reaches`. Read by people: a new field without a place here fails the spec, and so
 * does a type that comes to be told to somebody else.
 */
export const rightsOfFields: readonly { to: readonly Caller[]; types: Record<string, string> }[] = [
  {
    to: ANYONE,
    types: {
      GraduateSignInRefused: 'reason retryAfterSeconds triesLeft',
      InvitationRefused: 'reason',
      OneTimePasswordAccepted: 'lastsSeconds',
      OneTimePasswordSent: 'lastsSeconds',
      PasswordChanged: 'changed',
      SignInRefused: 'reason retryAfterSeconds',
      SignedIn: 'viewer',
      Viewer:
        'branchId displayName grantId grants instituteId officeId provinceCode role tokenScopes traineeId trainerId userId viewerCan',
      ViewerGrant: 'branchId id instituteId officeId provinceCode role traineeId trainerId',
    },
  },
  {
    to: SIGNED_IN,
    types: {
      CancelDocumentRefused: 'reason',
      DownloadLink: 'expiresAt url',
      Holiday: 'certainty day id titleEn titleFa',
      OwnSession: 'createdAt current expiresAt id kind lastSeenAt name role scopes',
      StoredDocument: 'bytes fileName id kind mimeType readyAt reason requestedAt sha256 state viewerCanCancel',
      TrainingStandard: 'cluster code codeStatus field id isco08Code kind titleEn titleFa version',
      TrainingStandardPage: 'items nextCursor',
      TrainingStandardVersion: 'effectiveFrom id minimumEducation practiceMinutes source theoryMinutes',
    },
  },
  {
    to: STAFF,
    types: {
      AccessToken: 'expiresAt id scopes token',
      AuthenticatorConfirmed: 'confirmed',
      AuthenticatorSetup: 'key qrPath qrSize uri',
      OneTimeCodes: 'codes paper',
      OwnSecondFactor: 'authenticator codesLeft dueAt',
    },
  },
  {
    to: OF_AN_OFFICE,
    types: {
      AgreementDetail: 'name value',
      AgreementRefused: 'reason',
      AgreementRequest:
        'answer answeredAt answeredBy askedAs askedAt askedBy details id kind outcome purpose role state waitingSince',
      AgreementRequestPage: 'items nextCursor',
      ColleagueType: 'displayName id roles',
      Deputy: 'deputyId displayName fromDay id toDay',
      DeputyList: 'deputies',
    },
  },
  {
    to: [
      'NATIONAL_OFFICER',
      'PROVINCIAL_OFFICER',
      'COUNTY_OFFICER',
      'ASSESSOR',
      'INSTITUTE_MANAGER',
      'TRAINER',
      'GRADUATE',
    ],
    types: {
      AttendanceTotals:
        'excusedMinutes notEnteredMinutes presentMinutes presentOfHeld presentOfPlanned unexcusedMinutes',
    },
  },
  {
    to: FIELD,
    types: {
      AttendanceSheet: 'day endMinute ordinal rows runId runNumber sessionId startMinute status viewerCanMark',
      AttendanceSheetRow:
        'enrolmentId enrolmentStatus familyName givenName markedAt maskedFatherName maskedNationalId presentMinutes status',
      CourseRun:
        'cancelReason capacity demo endsOn enrolmentClosesOn enrolments heldMinutes id institute number office plannedMinutes room seatsTaken sessions standard startsOn status trainer viewerCan',
      CourseRunInstitute: 'id licenceNumber name',
      CourseRunItem:
        'capacity endsOn id instituteName number seatsTaken standardTitleEn standardTitleFa startsOn status trainerName',
      CourseRunOffice: 'id name nameEn',
      CourseRunPage: 'items nextCursor',
      CourseRunRoom: 'capacity id name',
      CourseRunStandard: 'code id practiceMinutes theoryMinutes titleEn titleFa',
      CourseRunTrainer: 'familyName givenName id',
      ExamSheet:
        'finalPassHundredths practicalPassHundredths practicalWeightPercent rows runId runNumber viewerCanEnter writtenPassHundredths writtenWeightPercent',
      ExamSheetRow:
        'enrolmentId familyName finalHundredths givenName maskedFatherName maskedNationalId openParts practicalHundredths shortfalls standing tries writtenHundredths',
      ExamTry: 'absent markHundredths part satOn tryNumber',
      Institute:
        'appointments closedWeekdays closedWeekdaysInForce id licenceExpiresOn licenceIssuedOn licenceNumber licenceType licensedFields name office provinceCode rooms viewerCan',
      InstitutePage: 'items nextCursor',
      PaperOrder: 'document id kind',
      Room: 'capacity id name',
      RunEnrolment:
        'attendance enrolledAt familyName givenName id maskedFatherName maskedNationalId settled status traineeId',
      RunPapers: 'papers viewerCanOrder',
      Session: 'day endMinute id ordinal startMinute status',
      Trainer: 'appointments cardExpiresOn familyName givenName id provinceCode',
      TrainerAppointment:
        'cardExpiresOn endsOn familyName givenName id instituteId instituteName standardId standardTitleEn standardTitleFa startsOn trainerId',
      TrainerPage: 'items nextCursor',
    },
  },
  {
    to: ['ADMINISTRATOR', ...FIELD],
    types: {
      Office: 'closedWeekdays countyCode id kind name nameEn parentId provinceCode viewerCan',
    },
  },
  {
    to: INVITERS,
    types: {
      PasswordLink: 'expiresAt link token',
      RoleRefused: 'reason',
      RoleToGive: 'needs role',
      StaffGrant: 'id role',
      StaffMember: 'disabled displayName grants id roles userName',
      StaffPage: 'items nextCursor viewerGives',
    },
  },
  {
    to: ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'ASSESSOR', 'INSTITUTE_MANAGER'],
    types: {
      Certificate: 'code documentId documentState id issuedOn revokedOn serial status',
      CertificateBatch: 'done drawn failed id issued reason requestedAt runId state total',
      CertificateCandidate:
        'certificate enrolmentId familyName finalHundredths givenName nationalIdMasked practicalHundredths shortfalls writtenHundredths',
      CertificateDuplicate: 'certificateId document id issuedOn printNumber reason',
    },
  },
  {
    to: ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'ASSOCIATION_MANAGER'],
    types: {
      SecondFactorRefused: 'reason',
      SecondFactorSetting: 'id networks required requiredSince',
    },
  },
  {
    to: ['PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'ASSESSOR', 'INSTITUTE_MANAGER'],
    types: {
      RevealRefused: 'reason',
      RevealedPerson: 'enrolmentId fatherName left mobile nationalId',
    },
  },
  {
    to: ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
    types: {
      ClosedWeekdays: 'inForce weekdays',
      ClosedWeekdaysRefused: 'reason',
      MergeRefused: 'reason',
      PeopleExportRefused: 'reason',
      TraineePlace: 'endsOn enrolmentId instituteName runId runNumber standardTitleEn standardTitleFa startsOn status',
      TraineeRecord:
        'birthDayKnown familyName givenName id maskedFatherName maskedMobile maskedNationalId mobileChange places signInShut',
    },
  },
  {
    to: ['PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
    types: {
      AttendanceReport: 'csv pdf xlsx',
    },
  },
  {
    to: ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER'],
    types: {
      CertificateTemplate:
        'createdAt design english hasEmblem id inForce offsetXMm offsetYMm preview printMode publishedAt scope sentence state title version viewerCanPublish',
      CertificateTemplateRefused: 'mendEn mendFa reason',
    },
  },
  {
    to: ['COUNTY_OFFICER', 'INSTITUTE_MANAGER'],
    types: {
      ClassListImport:
        'acceptedCount id messageEn messageFa notes problem refusedCount requestedAt rowCount rows runId sheet sheets state',
      ClassListImportRow:
        'birthYear familyName fatherName givenName known maskedMobile maskedNationalId name outcome refusal repairs row',
      ClassListNote: 'row text',
      ClassListRefused: 'reason',
      ClassListRowRefusal: 'duplicateOfRow field messageEn messageFa reason',
      ClassListRowRepair: 'field from kind messageEn messageFa to',
      Enrolment: 'enrolledAt id runId settled status traineeId',
      EnrolmentRefused: 'reason',
      SeatRefused: 'reason',
    },
  },
  {
    to: ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'GRADUATE'],
    types: {
      MobileChange: 'id identityCheck maskedMobile state takesEffectAt vouchedAt',
    },
  },
  {
    to: ['COUNTY_OFFICER', 'GRADUATE'],
    types: {
      MobileChangeRefused: 'reason',
    },
  },
  {
    to: BRANCH,
    types: {
      GivenSeat: 'code id',
      OpenSeats: 'endsOn enrolmentClosesOn instituteName number runId seatsFree startsOn titleEn titleFa',
      ReferralDetail:
        'eligibilityReason familyFile familyName familyTie givenName id maskedNationalId referredOn seats',
      ReferralItem: 'familyName givenName id maskedNationalId referredOn seats',
      ReferralPage: 'items nextCursor',
      ReferralRefused: 'reason',
      ReferralSeat:
        'endsOn givenOn id instituteName presentOfHeld runId runNumber settled stage startsOn titleEn titleFa',
      ReferredPerson: 'id',
      SponsorshipRefused: 'reason',
      TakenBackSeat: 'id',
    },
  },
  {
    to: ['ADMINISTRATOR', 'NATIONAL_OFFICER'],
    types: {
      SessionLimitsType: 'absoluteMinutes idleMinutes role',
    },
  },
  {
    to: ['COUNTY_OFFICER', 'ASSESSOR'],
    types: {
      ExamRefused: 'enrolmentId reason',
    },
  },
  {
    to: ['PROVINCIAL_OFFICER', 'COUNTY_OFFICER'],
    types: {
      CertificatesRefused: 'reason',
      DuplicateRefused: 'reason',
      OrderPaperRefused: 'reason',
      RevocationRefused: 'reason',
    },
  },
  {
    to: ['INSTITUTE_MANAGER', 'TRAINER'],
    types: {
      AttendanceRefused: 'enrolmentId reason',
    },
  },
  {
    to: ['ADMINISTRATOR'],
    types: {
      Branch: 'id name provinceCode',
    },
  },
  {
    to: ['COUNTY_OFFICER'],
    types: {
      AppointmentRefused: 'reason',
      BirthDateOnRecord: 'enrolmentId',
      BirthDateRefused: 'reason',
      CertificateStock: 'printers prints series usedForms',
      CourseRunPlan: 'endsOn plannedMinutes refused sessions skipped',
      CourseRunRefused: 'day reason runNumber',
      GivenSeatToken: 'code runId',
      InstituteRefused: 'reason',
      PlannedSession: 'day endMinute ordinal startMinute',
      RoomRefused: 'reason',
      SeatTokenTakenBackType: 'takenBack',
      SkippedDay: 'certainty day kind titleEn titleFa',
      StockForm: 'certificateId changedAt changedBy id number reason serial series state',
      StockFormPage: 'items nextCursor',
      StockPrint: 'document first id last runNumber series',
      StockPrinter: 'downTenths id name rightTenths testPage',
      StockRefused: 'reason',
      StockSeries: 'blank nextBlank series spoiled used',
      TrainerRefused: 'reason',
      UserInvitation: 'expiresAt link token',
    },
  },
  {
    to: ['GRADUATE'],
    types: {
      LookAtMe: 'displayName id lookedAt purpose role',
      LookAtMePage: 'items nextCursor',
      Me: 'enrolments familyName givenName maskedNationalId mobileChange',
      MyCertificate:
        'code documentId documentState enrolmentId id issuedOn revokedOn serial standardTitleEn standardTitleFa status',
      MyEnrolment:
        'attendance endsOn finalHundredths id instituteName passed practicalHundredths runNumber runStatus settled standardTitleEn standardTitleFa startsOn status writtenHundredths',
    },
  },
];
