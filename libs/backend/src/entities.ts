import {
  Certificate,
  CertificateBatch,
  CertificateCounter,
  CertificateDuplicate,
  CertificateRevocation,
  CertificateTemplate,
  StockForm,
  StockPrint,
  StockPrinter,
} from '@app/certification';
import {
  AgreementRequest,
  Authenticator,
  Deputy,
  FailedTries,
  GraduateNumber,
  Invitation,
  OneTimeCode,
  OneTimePassword,
  PasswordReset,
  RoleGrant,
  SecondFactorRule,
  SessionLimitsOfRole,
  SignInSession,
  UserAccount,
} from '@app/access';
import { StoredDocument, Upload } from '@app/documents';
import { OutgoingMessage } from '@app/messaging';
import {
  BusinessEvent,
  EventChain,
  EventLink,
  IdempotencyKey,
  Installation,
  KeyRotation,
  Job,
  PersonKey,
  RateWindow,
} from '@app/platform';
import { AssociationBranch, Referral, Sponsorship } from '@app/referral';
import {
  AttendanceCorrection,
  AttendanceMark,
  AttendanceRules,
  ClassListImport,
  CourseRun,
  Enrolment,
  ExamResult,
  ExamRules,
  Holiday,
  Institute,
  MergedTrainee,
  MobileChange,
  Office,
  PaperOrder,
  RetentionRule,
  Reveal,
  RevealCounter,
  Room,
  RunCounter,
  SeatToken,
  Session,
  Trainee,
  Trainer,
  TrainerAppointment,
  TrainingStandard,
  TrainingStandardVersion,
} from '@app/training';

const platform = [BusinessEvent, EventLink, EventChain, Job, IdempotencyKey, KeyRotation, PersonKey, RateWindow];
const access = [
  UserAccount,
  RoleGrant,
  SignInSession,
  SessionLimitsOfRole,
  FailedTries,
  Invitation,
  PasswordReset,
  Authenticator,
  OneTimeCode,
  SecondFactorRule,
  AgreementRequest,
  Deputy,
  OneTimePassword,
  GraduateNumber,
];
const messaging = [OutgoingMessage];
const documents = [StoredDocument, Upload];
const training = [
  Office,
  Institute,
  Room,
  TrainingStandard,
  TrainingStandardVersion,
  Trainer,
  TrainerAppointment,
  Holiday,
  ExamRules,
  AttendanceRules,
  CourseRun,
  RunCounter,
  Session,
  Trainee,
  MergedTrainee,
  MobileChange,
  Enrolment,
  AttendanceMark,
  AttendanceCorrection,
  SeatToken,
  ExamResult,
  ClassListImport,
  PaperOrder,
  Reveal,
  RevealCounter,
  RetentionRule,
];

const certification = [
  Certificate,
  CertificateBatch,
  CertificateCounter,
  CertificateDuplicate,
  CertificateRevocation,
  CertificateTemplate,
  StockForm,
  StockPrint,
  StockPrinter,
];

/** Behind the wall: no other lib knows them. */
const referral = [AssociationBranch, Referral, Sponsorship];

/** Every table of the product. One list, so that the drift spec sees all. */
export const entities = [
  ...platform,
  ...messaging,
  ...access,
  ...documents,
  ...training,
  ...certification,
  ...referral,
  Installation,
];
