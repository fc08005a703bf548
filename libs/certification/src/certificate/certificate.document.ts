import {
  A4_LANDSCAPE,
  CERTIFICATE_FIELD,
  code,
  date,
  drawKilimFrame,
  drawStarField,
  drawStarSeal,
  drawTable,
  fa,
  INKS,
  latin,
  line,
  number,
  Paper,
  type Box,
  type Column,
  type Field,
  type Style,
} from '@app/documents/pure';
import { formatJalali, formatMark, formatMinutesAsHours, toPersianDigits } from '@app/persian';

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
}

const MIDDLE = A4_LANDSCAPE.width / 2;
const TEXT: Box = { x: 92, y: 0, width: A4_LANDSCAPE.width - 184, height: 0 };
const CORNER = {
  right: CERTIFICATE_FIELD.x + CERTIFICATE_FIELD.width - 16,
  left: CERTIFICATE_FIELD.x + 16,
  width: 205,
};

/**
 * The certificate as a PDF of one page. Pure: the same model gives the same bytes.
 * It says what was learnt and how well, and nothing of programmes, fees or referrals.
 */
export async function drawCertificate(model: CertificateModel): Promise<Uint8Array> {
  const paper = new Paper({
    title: `گواهینامه مهارت ${model.serial}`,
    // The day of issue and not of drawing: a paper drawn again is the same file.
    drawnAt: new Date(`${model.issuedOn}T00:00:00Z`),
    watermark: model.watermark,
  });
  paper.addPage();
  drawStarField(paper);
  drawKilimFrame(paper);
  paper.layWatermark();
  drawTop(paper, model);
  drawSentence(paper, model);
  drawFacts(paper, model);
  drawFoot(paper, model);
  return paper.bytes();
}

function drawTop(paper: Paper, model: CertificateModel): void {
  const quiet: Style = { size: 10, floor: 7, colour: INKS.quiet };
  const right = (y: number, height: number): Box => ({
    x: CORNER.right - CORNER.width,
    y,
    width: CORNER.width,
    height,
  });
  const left = (y: number): Box => ({ x: CORNER.left, y, width: CORNER.width, height: 16 });
  paper.text('office', fa(model.officeName), right(68, 34), {
    ...quiet,
    face: 'bold',
    size: 10.5,
    lines: 2,
    colour: INKS.indigo,
  });
  paper.text('provincial office', fa(model.provincialOfficeName), right(102, 16), quiet);
  paper.text('serial', line`شماره: ${code(model.serial)}`, left(68), { ...quiet, align: 'left' });
  const issued = line`تاریخ صدور: ${date(formatJalali(model.issuedOn, 'long'))}`;
  paper.text('day of issue', issued, left(85), { ...quiet, align: 'left' });
  paper.text('day of issue', date(model.issuedOn), left(102), { ...quiet, align: 'left' });

  paper.text(
    'opening',
    fa('بسمه تعالی'),
    { ...TEXT, y: 62, height: 14 },
    { size: 9.5, align: 'centre', colour: INKS.quiet },
  );
  drawStarSeal(paper, MIDDLE, 103, 24);
  const title: Style = { face: 'bold', size: 28, align: 'centre', colour: INKS.indigo };
  paper.text('title', fa('گواهینامه مهارت'), { ...TEXT, y: 129, height: 44 }, title);
}

function drawSentence(paper: Paper, model: CertificateModel): void {
  const centred: Style = { size: 12.5, align: 'centre', colour: INKS.text };
  paper.text('sentence', fa('گواهی می‌شود'), { ...TEXT, y: 173, height: 20 }, centred);
  const holder = fa(`${model.holderGivenName} ${model.holderFamilyName}`);
  const name: Style = { face: 'bold', size: 25, floor: 12, align: 'centre', colour: '#1d3a64' };
  paper.text('holder', holder, { ...TEXT, y: 193, height: 42 }, name);

  const hours = line`${number(formatMinutesAsHours(model.theoryMinutes + model.practiceMinutes))}`;
  const from = date(formatJalali(model.startedOn, 'long'));
  const to = date(formatJalali(model.endedOn, 'long'));
  const exam = date(formatJalali(model.examOn, 'long'));
  const sentence = line`فرزند ${fa(model.fatherName)}، دارندهٔ کد ملی ${number(model.nationalId)}، دورهٔ «${fa(model.standardTitleFa)}» را به مدت ${hours} از ${from} تا ${to} در ${fa(model.instituteName)} گذرانده و در آزمون ${exam} با نمرهٔ ${mark(model.finalMarkHundredths)} از ${number(100)} (${fa(model.gradeFa)}) پذیرفته شده است.`;
  const body: Style = { ...centred, floor: 9, lines: 3, leading: 1.75, wrap: 'early' };
  paper.text('sentence', sentence, { ...TEXT, y: 234, height: 67 }, body);
  const english: Style = { size: 9.5, floor: 6.5, align: 'centre', colour: INKS.quiet };
  paper.text('English line', latin(englishOf(model)), { ...TEXT, y: 302, height: 16 }, english);
}

function englishOf(model: CertificateModel): string {
  const subject = model.standardTitleEn || `standard ${model.standardCode}`;
  const hours = formatMinutesAsHours(model.theoryMinutes + model.practiceMinutes, 'words', 'en');
  const days = `${englishDay(model.startedOn)} to ${englishDay(model.endedOn)}`;
  return `Certificate of skill: ${subject}, ${hours}, ${days}, final mark ${formatMark(model.finalMarkHundredths, 'en')} of 100`;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const englishDay = (day: string) => `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

const mark = (hundredths: number | null): Field => (hundredths === null ? fa('—') : number(formatMark(hundredths)));
const hoursOf = (minutes: number) => number(minutes % 60 ? formatMinutesAsHours(minutes, 'compact') : minutes / 60);

function drawFacts(paper: Paper, model: CertificateModel): void {
  const style: Style = { size: 9.5, floor: 6, align: 'centre', lines: 2, leading: 1.5, colour: INKS.text };
  const facts: [title: string, width: number, value: Field][] = [
    ['استاندارد مهارت', 136, fa(model.standardTitleFa)],
    ['عنوان انگلیسی', 122, model.standardTitleEn ? latin(model.standardTitleEn) : fa('—')],
    ['کد استاندارد', 96, code(toPersianDigits(model.standardCode))],
    ['ساعت نظری', 46, hoursOf(model.theoryMinutes)],
    ['ساعت عملی', 46, hoursOf(model.practiceMinutes)],
    ['جمع ساعت', 46, hoursOf(model.theoryMinutes + model.practiceMinutes)],
    ['نمرهٔ کتبی', 46, mark(model.writtenMarkHundredths)],
    ['نمرهٔ عملی', 46, mark(model.practicalMarkHundredths)],
    ['نمرهٔ نهایی', 46, mark(model.finalMarkHundredths)],
    ['تاریخ آزمون', 64, date(formatJalali(model.examOn))],
  ];
  const columns = facts.map(([title, width]): Column => ({ place: title, title: fa(title), width, style }));
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  drawTable(
    paper,
    {
      columns,
      headHeight: 20,
      headStyle: { face: 'bold', size: 8, floor: 6.5, align: 'centre', colour: INKS.indigo },
      rowHeight: 31,
      rows: [{ cells: facts.map(([, , field]) => ({ field })) }],
      totals: [],
    },
    {
      right: MIDDLE + width / 2,
      top: 324,
      bottom: 392,
      nextPage: () => {
        throw new Error('The facts of a certificate stand on its one page.');
      },
    },
  );
}

function drawFoot(paper: Paper, model: CertificateModel): void {
  const label: Style = { size: 9.5, floor: 7, colour: INKS.quiet };
  const value: Style = { ...label, lines: 2, leading: 1.5, colour: INKS.text };
  const facts: [string, Field][] = [
    ['محل آموزش', fa(model.instituteName)],
    ['کد ملی', number(model.nationalId)],
    ['شمارهٔ گواهینامه', code(model.serial)],
    ['تاریخ صدور', line`${date(formatJalali(model.issuedOn))} (${date(model.issuedOn)})`],
  ];
  for (const [at, [title, field]] of facts.entries()) {
    const y = 424 + at * 24;
    paper.text(title, fa(title), { x: CORNER.right - 70, y, width: 70, height: 24 }, label);
    paper.text(title, field, { x: CORNER.right - 226, y, width: 152, height: 24 }, value);
  }

  const box = { x: MIDDLE - 44, y: 400, width: 88, height: 88 };
  paper.qr(model.verifyUrl, box, INKS.indigo);
  paper.pdf.lineWidth(0.75).rect(box.x, box.y, box.width, box.height).stroke(INKS.wool);
  paper.link(box, model.verifyUrl);
  const under = { x: MIDDLE - 110, width: 220, height: 14 };
  const check: Style = { size: 9, floor: 6, align: 'centre', colour: INKS.text };
  paper.text('code', line`کد راستی‌آزمایی: ${code(model.code)}`, { ...under, y: 491 }, { ...check, face: 'bold' });
  paper.text(
    'address',
    code(model.verifyUrl),
    { ...under, y: 505 },
    { ...check, size: 7.5, floor: 4.5, colour: INKS.quiet },
  );

  const stamp = { x: CORNER.left + 44, y: 462 };
  paper.pdf.lineWidth(0.75).circle(stamp.x, stamp.y, 34).dash(3, { space: 3 }).stroke(INKS.line).undash();
  const stampText: Style = { size: 8, align: 'centre', lines: 2, colour: INKS.quiet };
  paper.text('stamp', fa('محل مهر برجسته'), { x: stamp.x - 26, y: stamp.y - 14, width: 52, height: 28 }, stampText);
  const sign = { x: CORNER.left + 96, width: 140 };
  paper.pdf
    .lineWidth(0.75)
    .moveTo(sign.x, 482)
    .lineTo(sign.x + sign.width, 482)
    .stroke(INKS.line);
  const signText: Style = {
    size: 9,
    floor: 6.5,
    align: 'centre',
    lines: 2,
    leading: 1.5,
    wrap: 'early',
    colour: INKS.text,
  };
  paper.text('signature', fa(`رئیس ${model.officeName}`), { ...sign, y: 486, height: 30 }, signText);
}
