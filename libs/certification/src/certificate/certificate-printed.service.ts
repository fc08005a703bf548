import { type Candidate, namesOf, type RunFacts } from './certificate-candidates.service.js';
import { printedCode } from './certificate-code.rules.js';
import type { CertificateModel } from './certificate.document.js';
import type { Certificate } from './certificate.entity.js';
import { gradeWord, serialOf } from './certificate.rules.js';
import type { Reads } from '@app/platform';

/** What is the same on all certificates of a run. */
type OfTheRun = Pick<
  CertificateModel,
  | 'standardTitleFa'
  | 'standardTitleEn'
  | 'standardCode'
  | 'theoryMinutes'
  | 'practiceMinutes'
  | 'startedOn'
  | 'endedOn'
  | 'instituteName'
  | 'officeName'
  | 'provincialOfficeName'
  | 'watermark'
> & {
  /** What the code is put behind to make the address at which anyone can ask. */
  verifyAt: string;
};

/** All that a paper says and its row says nowhere else. It is known before the serial and the code are given. */
type Printed = OfTheRun &
  Omit<CertificateModel, keyof OfTheRun | 'serial' | 'code' | 'verifyUrl' | 'issuedOn' | 'examOn'> & {
    examOn: string | null;
  };

const WATERMARK = 'نمونه، فاقد اعتبار';

/** What the papers of a run have in common. */
export const printedOfRun = (run: RunFacts, publicUrl: string): OfTheRun => ({
  verifyAt: `${publicUrl}/v/`,
  standardTitleFa: run.standardTitleFa,
  standardTitleEn: run.standardTitleEn,
  standardCode: run.standardCode,
  theoryMinutes: run.theoryMinutes,
  practiceMinutes: run.practiceMinutes,
  startedOn: run.startsOn,
  endedOn: run.endsOn,
  instituteName: run.instituteName,
  officeName: run.officeName,
  provincialOfficeName: run.provincialOfficeName,
  watermark: run.demo ? WATERMARK : null,
});

/** What the row of a certificate keeps of its paper: the names and the marks as they are on the day of issue. */
export function printedOf(tx: Reads, ofTheRun: OfTheRun, candidate: Candidate): string {
  const { givenName, familyName, fatherName, nationalId } = namesOf(tx, candidate);
  const printed: Printed = {
    ...ofTheRun,
    holderGivenName: givenName,
    holderFamilyName: familyName,
    fatherName: fatherName ?? '',
    nationalId,
    writtenMarkHundredths: candidate.writtenHundredths,
    practicalMarkHundredths: candidate.practicalHundredths,
    finalMarkHundredths: candidate.finalHundredths ?? 0,
    gradeFa: gradeWord(candidate.finalHundredths ?? 0),
    examOn: candidate.examOn,
  };
  return JSON.stringify(printed);
}

type PrintedRow = Pick<Certificate, 'provinceCode' | 'jalaliYear' | 'number' | 'code' | 'issuedOn' | 'printed'>;

/** What a paper says, from its row alone. */
export function modelOf(certificate: PrintedRow): CertificateModel {
  const { code, issuedOn } = certificate;
  const { verifyAt, examOn, ...said } = JSON.parse(certificate.printed) as Printed;
  return {
    serial: serialOf(certificate),
    code: printedCode(code),
    verifyUrl: `${verifyAt}${code}`,
    issuedOn,
    // A row of the first version says the four above itself: what it says stands.
    ...said,
    examOn: examOn ?? issuedOn,
  };
}
