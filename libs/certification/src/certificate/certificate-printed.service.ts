import { printedCode } from '@app/persian';
import type { Reads } from '@app/platform';
import { Trainee } from '@app/training';
import type { Candidate, RunFacts } from './certificate-candidates.service.js';
import type { CertificateModel } from './certificate.document.js';
import type { Certificate } from './certificate.entity.js';
import { gradeWord, serialOf } from './certificate.rules.js';

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
  /** The form in force on the day of issue, for ever; ours where there is none. */
  templateId?: string | null;
};
type Marks = Pick<
  CertificateModel,
  'writtenMarkHundredths' | 'practicalMarkHundredths' | 'finalMarkHundredths' | 'gradeFa'
>;

/** All that a paper says and its row says nowhere else. It is known before the serial and the code are given. */
interface Printed {
  run: OfTheRun;
  /** What the code is put behind to make the address at which anyone can ask. */
  verifyAt: string;
  marks: Marks;
  examOn: string | null;
  /**
   * The names as they were kept on the day of issue, sealed for the trainee's row: only the drawing opens them. Null
   * when their term is over.
   */
  holder: Candidate['sealed'] | null;
}

const WATERMARK = 'نمونه، فاقد اعتبار';

/** What the papers of a run have in common, as text: it is the longer part, and made once for all of them. */
export function printedOfRun(run: RunFacts, publicUrl: string): string {
  const ofTheRun: OfTheRun = {
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
    templateId: run.templateId,
  };
  return `"run":${JSON.stringify(ofTheRun)},"verifyAt":${JSON.stringify(`${publicUrl}/v/`)}`;
}

/** What the row of a certificate keeps of its paper, as `modelOf` reads it. */
export function printedOf(ofTheRun: string, { sealed, examOn, ...candidate }: Candidate): string {
  const finalMarkHundredths = candidate.finalHundredths ?? 0;
  const marks: Marks = {
    writtenMarkHundredths: candidate.writtenHundredths,
    practicalMarkHundredths: candidate.practicalHundredths,
    finalMarkHundredths,
    gradeFa: gradeWord(finalMarkHundredths),
  };
  const [said, day, holder] = [marks, examOn, sealed].map((part) => JSON.stringify(part));
  return `{${ofTheRun},"marks":${said},"examOn":${day},"holder":${holder}}`;
}

const NOBODY = { holderGivenName: '', holderFamilyName: '', fatherName: '', nationalId: '' };

function namesOn(tx: Reads, { holder }: Printed): typeof NOBODY {
  if (!holder) return NOBODY;
  const { traineeId, ...sealed } = holder;
  const { givenName, familyName, fatherName, nationalId } = tx.reveal(Trainee, traineeId, sealed);
  return { holderGivenName: givenName, holderFamilyName: familyName, fatherName: fatherName ?? '', nationalId };
}

/** What is left of an opened `printed` when the names are erased. */
export function withoutNames(text: string): string {
  const printed = JSON.parse(text) as Printed | CertificateModel;
  return JSON.stringify('holder' in printed ? { ...printed, holder: null } : { ...printed, ...NOBODY });
}

/** What a paper says and by which form, from its row alone, whose `printed` is opened. */
export function modelOf(
  tx: Reads,
  row: Pick<Certificate, 'provinceCode' | 'jalaliYear' | 'number' | 'code' | 'issuedOn' | 'printed'>,
): CertificateModel & Pick<OfTheRun, 'templateId'> {
  const printed = JSON.parse(row.printed) as Printed | CertificateModel;
  // A row of the first version holds the whole model.
  if ('serial' in printed) return printed;
  return {
    serial: serialOf(row),
    code: printedCode(row.code),
    verifyUrl: `${printed.verifyAt}${row.code}`,
    issuedOn: row.issuedOn,
    ...namesOn(tx, printed),
    ...printed.marks,
    examOn: printed.examOn ?? row.issuedOn,
    ...printed.run,
  };
}
