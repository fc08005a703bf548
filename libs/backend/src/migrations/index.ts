import { Platform1764000000001 } from './1-platform.js';
import { Access1764000000002 } from './2-access.js';
import { Documents1764000000003 } from './3-documents.js';
import { Training1764000000004 } from './4-training.js';
import { Certification1764000000005 } from './5-certification.js';
import { Installation1764000000006 } from './6-installation.js';
import { Tenancy1764000000007 } from './7-tenancy.js';
import { Audit1764000000008 } from './8-audit.js';
import { Rates1764000000009 } from './9-rates.js';
import { KeptAnswers1764000000010 } from './10-kept-answers.js';
import { Papers1764000000011 } from './11-papers.js';
import { Reveal1764000000012 } from './12-reveal.js';
import { SignIn1764000000013 } from './13-sign-in.js';
import { Retention1764000000014 } from './14-retention.js';
import { Stock1764000000015 } from './15-stock.js';
import { CertificateTemplates1764000000016 } from './16-certificate-templates.js';
import { KeyRotation1764000000017 } from './17-key-rotation.js';
import { People1764000000018 } from './18-people.js';
import { Referral1764000000019 } from './19-referral.js';
import { Agreements1764000000020 } from './20-agreements.js';
import { RevocationAndMerge1764000000021 } from './21-revocation-and-merge.js';
import { PersonKeys1764000000022 } from './22-person-keys.js';
import { IndexKeys1764000000023 } from './23-index-keys.js';
import { RecoveryByTwo1764000000025 } from './25-recovery-by-two.js';
import { AttendanceReportPapers1764000000026 } from './26-attendance-report-papers.js';

/** The history of the tables, in order; forward only. */
export const migrations = [
  Platform1764000000001,
  Access1764000000002,
  Documents1764000000003,
  Training1764000000004,
  Certification1764000000005,
  Installation1764000000006,
  Tenancy1764000000007,
  Audit1764000000008,
  Rates1764000000009,
  KeptAnswers1764000000010,
  Papers1764000000011,
  Reveal1764000000012,
  SignIn1764000000013,
  Retention1764000000014,
  Stock1764000000015,
  CertificateTemplates1764000000016,
  KeyRotation1764000000017,
  People1764000000018,
  Referral1764000000019,
  Agreements1764000000020,
  RevocationAndMerge1764000000021,
  PersonKeys1764000000022,
  IndexKeys1764000000023,
  RecoveryByTwo1764000000025,
  AttendanceReportPapers1764000000026,
];
