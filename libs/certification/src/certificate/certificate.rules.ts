import { type Certificate, CERTIFICATE_DOCUMENT } from './certificate.entity.js';

/** Why a trainee gets no certificate: rules C1-C5 of the certification README. */
export enum CertificateShortfall {
  WRITTEN_MISSING = 'WRITTEN_MISSING', // C1
  WRITTEN_FAILED = 'WRITTEN_FAILED', // C1
  PRACTICAL_MISSING = 'PRACTICAL_MISSING', // C1
  PRACTICAL_FAILED = 'PRACTICAL_FAILED', // C1
  FINAL_BELOW_PASS = 'FINAL_BELOW_PASS', // C1
  UNEXCUSED_OVER_LIMIT = 'UNEXCUSED_OVER_LIMIT', // C2
  ABSENCE_OVER_LIMIT = 'ABSENCE_OVER_LIMIT', // C3: excused and unexcused together
  ATTENDANCE_NOT_ENTERED = 'ATTENDANCE_NOT_ENTERED', // C4: a sheet of a held session lacks the mark
  LEFT_RUN = 'LEFT_RUN', // C5: withdrew or was removed
}

/** Why no certificates are issued for a run. */
export enum CertificatesRefusal {
  RUN_NOT_FINISHED = 'RUN_NOT_FINISHED',
  NOBODY_QUALIFIES = 'NOBODY_QUALIFIES',
}

/** What is known of one enrolment when certificates are issued. All minutes whole, shares in per cent of planned. */
export interface CandidateFacts {
  left: boolean;
  examShortfalls: readonly (keyof typeof CertificateShortfall)[];
  plannedMinutes: number;
  excusedMinutes: number;
  unexcusedMinutes: number;
  /** Of the minutes that were held. */
  notEnteredMinutes: number;
}

/** The limits of the attendance rules the run began with. */
export interface AbsenceLimits {
  unexcusedLimitPercent: number;
  totalLimitPercent: number;
}

/** Every reason that stands between a trainee and the certificate; none means that the trainee qualifies. */
export function certificateShortfalls(facts: CandidateFacts, limits: AbsenceLimits): CertificateShortfall[] {
  if (facts.left) return [CertificateShortfall.LEFT_RUN];
  const over = (minutes: number, percent: number) => minutes * 100 > facts.plannedMinutes * percent;
  const shortfalls = facts.examShortfalls.map((name) => CertificateShortfall[name]);
  if (over(facts.unexcusedMinutes, limits.unexcusedLimitPercent))
    shortfalls.push(CertificateShortfall.UNEXCUSED_OVER_LIMIT);
  if (over(facts.unexcusedMinutes + facts.excusedMinutes, limits.totalLimitPercent))
    shortfalls.push(CertificateShortfall.ABSENCE_OVER_LIMIT);
  if (facts.notEnteredMinutes > 0) shortfalls.push(CertificateShortfall.ATTENDANCE_NOT_ENTERED);
  return shortfalls;
}

/** Our default words for a final mark, in hundredths (rule C6). */
export function gradeWord(finalHundredths: number): string {
  if (finalHundredths >= 9000) return 'عالی';
  if (finalHundredths >= 8000) return 'خوب';
  return 'متوسط';
}

/** The serial as it is printed: province, Jalali year and number, `15-1405-000042`. */
export const serialOf = ({
  provinceCode,
  jalaliYear,
  number,
}: {
  provinceCode: string;
  jalaliYear: number;
  number: number;
}): string => `${provinceCode}-${jalaliYear}-${String(number).padStart(6, '0')}`;

/** The paper of a certificate, as a document that is asked for. */
export const paperOf = (
  certificate: Pick<Certificate, 'id' | 'provinceCode' | 'jalaliYear' | 'number' | 'issuedBy'>,
) => ({
  ...{ kind: CERTIFICATE_DOCUMENT, subjectId: certificate.id, requestedBy: certificate.issuedBy },
  ...{ fileName: `govahiname-${serialOf(certificate)}.pdf`, mimeType: 'application/pdf' },
});
