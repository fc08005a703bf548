import { accountWords } from './en/account.js';
import { agreementWords } from './en/agreement.js';
import { attendanceWords } from './en/attendance.js';
import { certificateWords } from './en/certificate.js';
import { certificateFormWords } from './en/certificate-form.js';
import { classListWords } from './en/class-list.js';
import { courseRunWords } from './en/course-run.js';
import { examWords } from './en/exam.js';
import { frameWords } from './en/frame.js';
import { graduateWords } from './en/graduate.js';
import { paperWords } from './en/paper.js';
import { peopleWords } from './en/people.js';
import { referralWords } from './en/referral.js';
import { staffWords } from './en/staff.js';
import { stockWords } from './en/stock.js';
import type { fa } from './fa.js';
import type { Translation } from './translation.js';

/** The same in English. */
export const en: Translation<typeof fa> = {
  ...frameWords,
  ...accountWords,
  ...graduateWords,
  ...agreementWords,
  ...courseRunWords,
  ...peopleWords,
  ...referralWords,
  ...classListWords,
  ...attendanceWords,
  ...paperWords,
  ...examWords,
  ...certificateWords,
  ...staffWords,
  ...stockWords,
  ...certificateFormWords,
};
