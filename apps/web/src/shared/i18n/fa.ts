import { accountWords } from './fa/account.js';
import { agreementWords } from './fa/agreement.js';
import { attendanceWords } from './fa/attendance.js';
import { certificateWords } from './fa/certificate.js';
import { certificateFormWords } from './fa/certificate-form.js';
import { classListWords } from './fa/class-list.js';
import { courseRunWords } from './fa/course-run.js';
import { examWords } from './fa/exam.js';
import { frameWords } from './fa/frame.js';
import { graduateWords } from './fa/graduate.js';
import { paperWords } from './fa/paper.js';
import { peopleWords } from './fa/people.js';
import { referralWords } from './fa/referral.js';
import { staffWords } from './fa/staff.js';
import { stockWords } from './fa/stock.js';

/**
 * The Persian words, by subject: the source. A map names every value of an enum of the API, so that a new one does not
 * compile without its words.
 */
export const fa = {
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
