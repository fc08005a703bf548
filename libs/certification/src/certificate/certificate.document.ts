import { type CompiledTemplate, compileTemplate, type Template } from '@app/documents/pure';
import {
  formatJalali,
  formatMark,
  formatMinutesAsHours,
  namesInARow,
  toAsciiDigits,
  toPersianDigits,
} from '@app/persian';
import { certificateLayout, OURS } from './certificate-layout.document.js';

/** All that a certificate says. Days are `YYYY-MM-DD`, Gregorian; marks are hundredths of a mark out of 100. */
export interface CertificateModel {
  serial: string;
  /** The public code by which anyone can ask whether the certificate is true. */
  code: string;
  verifyUrl: string;
  issuedOn: string;
  holderGivenName: string;
  holderFamilyName: string;
  fatherName: string;
  nationalId: string;
  standardTitleFa: string;
  /** Empty where the standard has no English title. */
  standardTitleEn: string;
  standardCode: string;
  theoryMinutes: number;
  practiceMinutes: number;
  writtenMarkHundredths: number | null;
  practicalMarkHundredths: number | null;
  finalMarkHundredths: number;
  /** The word for the final mark, «خوب». */
  gradeFa: string;
  examOn: string;
  startedOn: string;
  endedOn: string;
  instituteName: string;
  officeName: string;
  provincialOfficeName: string;
  watermark: string | null;
  /** What stands where. The form we deliver, the kilim design «نقش», where nothing is said. */
  form?: CertificateForm;
}

/** What an issuer has given its certificates, once and for all under its id. */
export interface CertificateForm {
  id: string;
  layout: Template;
  /** The picture of the issuer, PNG or JPEG. */
  emblem: Uint8Array | null;
}

/**
 * The certificate as a PDF of one page. Pure: the same model gives the same bytes.
 * It says what was learnt and how well, and nothing of programmes, fees or referrals.
 */
export async function drawCertificate(model: CertificateModel): Promise<Uint8Array> {
  // The day of issue and not of drawing: a paper drawn again is the same file.
  return compiledFor(model).render(valuesOf(model), new Date(`${model.issuedOn}T00:00:00Z`));
}

/** Forms of the issuers seen last. Compiling one takes as long as drawing ten papers. */
const compiled = new Map<string, CompiledTemplate>();
const REMEMBERED = 20;

function compiledFor({ form, watermark }: CertificateModel) {
  const key = JSON.stringify([form?.id ?? 'ours', watermark]);
  let template = compiled.get(key);
  if (!template) {
    const issuer = { values: {}, emblem: form?.emblem ?? null, watermark };
    template = compileTemplate(form?.layout ?? certificateLayout(OURS), issuer);
    if (compiled.size >= REMEMBERED) compiled.delete(compiled.keys().next().value!);
    compiled.set(key, template);
  }
  return template;
}

/** The words and figures of a certificate, as the slots of its template take them. */
function valuesOf(model: CertificateModel): Record<string, string> {
  const minutes = model.theoryMinutes + model.practiceMinutes;
  return {
    serial: model.serial,
    code: model.code,
    verifyUrl: model.verifyUrl,
    issuedOn: formatJalali(model.issuedOn),
    issuedOnLong: formatJalali(model.issuedOn, 'long'),
    issuedOnIso: model.issuedOn,
    holder: namesInARow([model.holderGivenName, model.holderFamilyName]),
    father: model.fatherName || NOTHING,
    nationalId: model.nationalId,
    standardFa: model.standardTitleFa,
    standardEn: model.standardTitleEn || NOTHING,
    standardCode: toPersianDigits(model.standardCode),
    time: formatMinutesAsHours(minutes),
    theory: hoursOf(model.theoryMinutes),
    practice: hoursOf(model.practiceMinutes),
    hours: hoursOf(minutes),
    written: markOf(model.writtenMarkHundredths),
    practical: markOf(model.practicalMarkHundredths),
    final: markOf(model.finalMarkHundredths),
    grade: model.gradeFa,
    examOn: formatJalali(model.examOn),
    examOnLong: formatJalali(model.examOn, 'long'),
    startedOn: formatJalali(model.startedOn, 'long'),
    endedOn: formatJalali(model.endedOn, 'long'),
    institute: model.instituteName,
    office: model.officeName,
    provincialOffice: model.provincialOfficeName,
    enId: toAsciiDigits(model.nationalId),
    enSubject: model.standardTitleEn || `standard ${model.standardCode}`,
    enTime: formatMinutesAsHours(minutes, 'words', 'en'),
    enFrom: englishDay(model.startedOn),
    enTo: englishDay(model.endedOn),
    enExam: englishDay(model.examOn),
    enFinal: formatMark(model.finalMarkHundredths, 'en'),
  };
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const englishDay = (day: string) => `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

/** In place of what is not known, so that no sentence has a hole. */
const NOTHING = '—';
const markOf = (hundredths: number | null) => (hundredths === null ? NOTHING : formatMark(hundredths));
const hoursOf = (minutes: number) => (minutes % 60 ? formatMinutesAsHours(minutes, 'compact') : String(minutes / 60));
