import {
  A4_LANDSCAPE,
  code,
  date,
  fa,
  inRow,
  line,
  mm,
  number,
  Paper,
  type Box,
  type Field,
  type Style,
} from '@app/documents/pure';
import {
  formatJalali,
  formatMark,
  formatMinutesAsHours,
  formatNumber,
  namesInARow,
  toPersianDigits,
} from '@app/persian';
import type { CertificateModel } from '../certificate/certificate.document.js';

interface Offsets {
  /** Tenths of a millimetre. */
  rightTenths: number;
  downTenths: number;
}

export interface StockPrintModel extends Offsets {
  /** In the order of their forms. */
  pages: { certificate: CertificateModel; formNumber: string }[];
  highestOnTop: boolean;
  drawnAt: Date;
}

export interface StockTestModel extends Offsets {
  printerName: string;
  drawnAt: Date;
}

type Place = 'serial' | 'issuedOn' | 'holder' | 'father' | 'nationalId' | 'standard' | 'standardCode';
type Figure = 'hours' | 'startedOn' | 'endedOn' | 'examOn' | 'final' | 'grade' | 'institute' | 'code';

/** Where the form has its places, in millimetres from the top right corner: right, top, width, height, size in points. */
const PLACES: Record<Place | Figure, [right: number, top: number, width: number, height: number, size: number]> = {
  serial: [217, 24, 60, 7, 10],
  issuedOn: [217, 31, 60, 7, 10],
  holder: [78, 68, 140, 14, 20],
  father: [60, 86, 60, 8, 12],
  nationalId: [165, 86, 60, 8, 12],
  standard: [60, 97, 120, 8, 12],
  standardCode: [197, 97, 45, 8, 11],
  hours: [60, 108, 40, 8, 12],
  startedOn: [118, 108, 45, 8, 12],
  endedOn: [182, 108, 45, 8, 12],
  institute: [60, 119, 120, 8, 12],
  examOn: [60, 130, 45, 8, 12],
  final: [125, 130, 30, 8, 12],
  grade: [175, 130, 30, 8, 12],
  code: [108, 180, 80, 7, 10],
};
const QR = { right: 133, top: 146, side: 32 };

/** Only what is not printed on the form yet: one page for each form, moved by the offsets of the printer. Pure. */
export async function drawStockPrint(model: StockPrintModel): Promise<Uint8Array> {
  const { drawnAt } = model;
  const paper = new Paper({
    title: 'گواهینامه‌ها روی فرم',
    drawnAt,
    watermark: model.pages[0]?.certificate.watermark ?? null,
  });
  const pages = model.highestOnTop ? model.pages.toReversed() : model.pages;
  for (const [at, { certificate, formNumber }] of pages.entries()) {
    paper.addPage();
    paper.layWatermark();
    inRow(at + 1, () => {
      for (const [place, field] of Object.entries(valuesOf(certificate)) as [Place | Figure, Field][])
        paper.text(place, field, boxOf(PLACES[place], model), styleOf(place));
    });
    const { x, y } = boxOf([QR.right, QR.top, QR.side, QR.side, 0], model);
    paper.qr(certificate.verifyUrl, { x, y, width: mm(QR.side), height: mm(QR.side) }, '#000000');
    // For the eye that checks that this page lies on this form.
    const check = boxOf([262, 198, 25, 5, 6], model);
    paper.text('form', code(toPersianDigits(formNumber)), check, { size: 6, align: 'left', colour: '#5a5a5a' });
  }
  return paper.bytes();
}

/** The places of a form as frames, with rulers in millimetres: laid on a form against the light it shows the offsets. */
export async function drawStockTest(model: StockTestModel): Promise<Uint8Array> {
  const paper = new Paper({ title: 'برگ آزمایش چاپگر', drawnAt: model.drawnAt, watermark: null });
  paper.addPage();
  const { pdf } = paper;
  for (const [place, values] of Object.entries(PLACES) as [Place | Figure, (typeof PLACES)[Place]][]) {
    const { x, y, width, height } = boxOf(values, model);
    pdf.lineWidth(0.4).rect(x, y, width, height).stroke('#000000');
    const label: Style = { size: 7, floor: 5, align: 'centre', colour: '#5a5a5a' };
    paper.text(place, fa(NAMES[place]), { x, y, width, height }, label);
  }
  const code = boxOf([QR.right, QR.top, QR.side, QR.side, 0], model);
  pdf.lineWidth(0.4).rect(code.x, code.y, code.width, code.height).stroke('#000000');
  drawRulers(paper, model);
  const words: Field[] = [
    line`برگ آزمایش چاپگر «${fa(model.printerName)}»`,
    line`جابه‌جایی کنونی: ${millimetres(model.rightTenths)} میلی‌متر به راست، ${millimetres(model.downTenths)} میلی‌متر به پایین`,
    fa(
      'این برگ را روی یک فرم، رو به روشنایی بگیرید. فاصلهٔ کادرها از جای خود را با خط‌کش‌ها بخوانید و به این دو عدد بیفزایید.',
    ),
  ];
  for (const [at, field] of words.entries()) {
    const box = { x: mm(40), y: mm(40 + at * 7), width: A4_LANDSCAPE.width - mm(80), height: mm(7) };
    paper.text('words', field, box, { size: 9.5, floor: 6, align: 'centre' });
  }
  return paper.bytes();
}

const NAMES: Record<Place | Figure, string> = {
  ...{ serial: 'شمارهٔ سریال', issuedOn: 'تاریخ صدور', holder: 'نام', father: 'نام پدر', nationalId: 'کد ملی' },
  ...{ standard: 'استاندارد', standardCode: 'کد استاندارد', hours: 'ساعت', startedOn: 'از', endedOn: 'تا' },
  ...{ examOn: 'تاریخ آزمون', final: 'نمرهٔ نهایی', grade: 'درجه', institute: 'آموزشگاه', code: 'کد راستی‌آزمایی' },
};

/** Twenty millimetres to both sides of the middle of each edge, and a cross in each corner 20 mm from both edges. */
function drawRulers({ pdf, width, height }: Paper, offsets: Offsets): void {
  const [dx, dy] = moved(offsets);
  pdf.lineWidth(0.3);
  for (let at = -20; at <= 20; at++) {
    const length = mm(at % 10 === 0 ? 5 : at % 5 === 0 ? 3.5 : 2);
    const [x, y] = [width / 2 + mm(at) + dx, height / 2 + mm(at) + dy];
    for (const from of [mm(8) + dy, height - mm(8) + dy]) {
      const to = from < height / 2 ? from + length : from - length;
      pdf.moveTo(x, from).lineTo(x, to).stroke('#000000');
    }
    for (const from of [mm(8) + dx, width - mm(8) + dx]) {
      const to = from < width / 2 ? from + length : from - length;
      pdf.moveTo(from, y).lineTo(to, y).stroke('#000000');
    }
  }
  for (const x of [mm(20) + dx, width - mm(20) + dx])
    for (const y of [mm(20) + dy, height - mm(20) + dy]) {
      pdf
        .moveTo(x - mm(4), y)
        .lineTo(x + mm(4), y)
        .stroke('#000000');
      pdf
        .moveTo(x, y - mm(4))
        .lineTo(x, y + mm(4))
        .stroke('#000000');
    }
}

const millimetres = (tenths: number) => number(formatNumber(tenths / 10, { decimals: 1 }));
const moved = ({ rightTenths, downTenths }: Offsets) => [mm(rightTenths / 10), mm(downTenths / 10)] as const;

function boxOf([right, top, width, height]: (typeof PLACES)[Place], offsets: Offsets): Box {
  const [dx, dy] = moved(offsets);
  return {
    x: A4_LANDSCAPE.width - mm(right + width) + dx,
    y: mm(top) + dy,
    width: mm(width),
    height: mm(height),
  };
}

function styleOf(place: Place | Figure): Style {
  const size = PLACES[place][4];
  const bold = place === 'holder';
  return {
    face: bold ? 'bold' : 'regular',
    size,
    floor: size * 0.55,
    align: bold || place === 'code' ? 'centre' : 'right',
  };
}

function valuesOf(model: CertificateModel): Record<Place | Figure, Field> {
  return {
    serial: code(model.serial),
    issuedOn: date(formatJalali(model.issuedOn)),
    holder: fa(namesInARow([model.holderGivenName, model.holderFamilyName])),
    father: fa(model.fatherName),
    nationalId: number(model.nationalId),
    standard: fa(model.standardTitleFa),
    standardCode: code(toPersianDigits(model.standardCode)),
    hours: number(formatMinutesAsHours(model.theoryMinutes + model.practiceMinutes)),
    startedOn: date(formatJalali(model.startedOn)),
    endedOn: date(formatJalali(model.endedOn)),
    examOn: date(formatJalali(model.examOn)),
    final: number(formatMark(model.finalMarkHundredths)),
    grade: fa(model.gradeFa),
    institute: fa(model.instituteName),
    code: code(model.code),
  };
}
