import { A4_LANDSCAPE, CERTIFICATE_FIELD, INKS, type Item, type Template } from '@app/documents/pure';

export type CertificateDesign = 'naqsh' | 'sober';

/** What an issuer may say of its own about the form; the rest is ours. */
export interface CertificateWording {
  design: CertificateDesign;
  /** What the paper is called. */
  title: string;
  /** With slots; null keeps ours. */
  sentence: string | null;
  english: string | null;
  /** Whether a picture of the issuer stands in place of the star of the house. */
  emblem: boolean;
  print: Template['print'];
}

/** The form we deliver. */
export const OURS: CertificateWording = {
  design: 'naqsh',
  title: 'گواهینامهٔ مهارت',
  sentence: null,
  english: null,
  emblem: false,
  print: { mode: 'full' },
};

const FIELDS: Template['fields'] = {
  ...{ holder: 'fa', father: 'fa', standardFa: 'fa', grade: 'fa' },
  ...{ institute: 'fa', office: 'fa', provincialOffice: 'fa' },
  ...{ serial: 'code', code: 'code', verifyUrl: 'code', standardCode: 'code' },
  ...{ nationalId: 'number', time: 'number', theory: 'number', practice: 'number', hours: 'number' },
  ...{ written: 'number', practical: 'number', final: 'number' },
  ...{ issuedOn: 'date', issuedOnLong: 'date', issuedOnIso: 'date', examOn: 'date', examOnLong: 'date' },
  ...{ startedOn: 'date', endedOn: 'date' },
  ...{ standardEn: 'latin', enId: 'latin', enSubject: 'latin', enTime: 'latin', enFrom: 'latin', enTo: 'latin' },
  ...{ enExam: 'latin', enFinal: 'latin' },
};

/** The names of the values that a wording may wait for. */
export const SLOTS: readonly string[] = Object.keys(FIELDS);

const MIDDLE = A4_LANDSCAPE.width / 2;
const TEXT = { x: 92, width: A4_LANDSCAPE.width - 184 };
const RIGHT = CERTIFICATE_FIELD.x + CERTIFICATE_FIELD.width - 16;
const LEFT = CERTIFICATE_FIELD.x + 16;
const CORNER = 205;

/** What stands where on a certificate. The two designs differ in their frame and in the hand of the title. */
export function certificateLayout({ design, title, sentence, english, emblem, print }: CertificateWording): Template {
  return {
    name: `certificate-${design}`,
    version: 1,
    size: 'A4',
    orientation: 'landscape',
    print,
    title: `${title} {serial}`,
    art: design,
    fields: FIELDS,
    items: [
      ...topOf(design, title, emblem),
      ...sentences(sentence ?? SENTENCE, english ?? ENGLISH),
      facts(),
      ...foot(),
    ],
  };
}

/** What an issuer has said of its own in a layout, or what stands there instead: the other way round. */
export function wordingOf({ items }: Template): { sentence: string; english: string } {
  const textAt = (place: string) => {
    const last = items.findLast((item) => item.kind === 'text' && item.place === place);
    return last?.kind === 'text' ? last.text : '';
  };
  return { sentence: textAt('sentence'), english: textAt('English column') };
}

function topOf(design: CertificateDesign, title: string, hasEmblem: boolean): Item[] {
  const quiet = { size: 10, floor: 7, colour: INKS.quiet };
  const right = (y: number, height: number) => ({ x: RIGHT - CORNER, y, width: CORNER, height });
  const left = (y: number) => ({ x: LEFT, y, width: CORNER, height: 16 });
  return [
    {
      ...{ kind: 'text', place: 'opening', text: 'بسمه تعالی', box: { ...TEXT, y: 61, height: 14 } },
      style: { size: 9.5, align: 'centre', colour: INKS.quiet },
    },
    hasEmblem
      ? {
          ...{ kind: 'emblem', place: 'emblem', alternative: 'نشان صادرکننده' },
          box: { x: MIDDLE - 30, y: 77, width: 60, height: 50 },
        }
      : { kind: 'seal', x: MIDDLE, y: 100, radius: 23 },
    {
      ...{ kind: 'text', place: 'title', text: title, role: 'H1' },
      // The marks over plain letters come nearer to the emblem than those of Nastaliq.
      box: { ...TEXT, y: design === 'naqsh' ? 123 : 128, height: 48 },
      style: {
        ...{ face: design === 'naqsh' ? 'nastaliq' : 'bold', size: 28, floor: 18, align: 'centre' },
        colour: INKS.indigo,
      },
    },
    {
      ...{ kind: 'text', place: 'office', text: '{office}', box: right(68, 34) },
      style: { ...quiet, face: 'bold', size: 10.5, lines: 2, wrap: 'early', colour: INKS.indigo },
    },
    { kind: 'text', place: 'provincial office', text: '{provincialOffice}', box: right(102, 16), style: quiet },
    {
      ...{ kind: 'text', place: 'serial', text: 'شماره: {serial}', box: left(68) },
      style: { ...quiet, align: 'left' },
    },
    {
      ...{ kind: 'text', place: 'day of issue', text: 'تاریخ صدور: {issuedOnLong}', box: left(85) },
      style: { ...quiet, align: 'left' },
    },
    { kind: 'text', place: 'day of issue', text: '{issuedOnIso}', box: left(102), style: { ...quiet, align: 'left' } },
  ];
}

const SENTENCE =
  'فرزند {father}، دارندهٔ کد ملی {nationalId}، دورهٔ «{standardFa}» را به مدت {time} از {startedOn} تا {endedOn} در {institute} گذرانده و در آزمون {examOnLong} با نمرهٔ {final} از ۱۰۰ ({grade}) پذیرفته شده است.';
const ENGLISH =
  'Certificate of skill: the holder of national ID {enId} has completed {enSubject}, {enTime}, {enFrom} to {enTo}, and passed the exam of {enExam} with a final mark of {enFinal} of 100.';

/** Persian on the right, two thirds of the width; English on the left. */
function sentences(sentence: string, english: string): Item[] {
  const centred = { size: 12.5, align: 'centre', colour: INKS.text } as const;
  const [top, height, column] = [236, 80, 214];
  const persian = { x: LEFT + column + 34, y: top, width: RIGHT - LEFT - column - 34, height };
  return [
    {
      ...{ kind: 'text', place: 'sentence', text: 'گواهی می‌شود', box: { ...TEXT, y: 177, height: 20 } },
      style: centred,
    },
    {
      ...{ kind: 'text', place: 'holder', text: '{holder}', box: { ...TEXT, y: 196, height: 42 } },
      style: { face: 'bold', size: 25, floor: 12, align: 'centre', colour: '#1d3a64' },
    },
    {
      ...{ kind: 'text', place: 'sentence', text: sentence, box: persian },
      style: { size: 12.5, floor: 9, lines: 4, leading: 1.75, wrap: 'early', align: 'right', colour: INKS.text },
    },
    {
      ...{ kind: 'text', place: 'English column', text: english, language: 'en' },
      box: { x: LEFT, y: top, width: column, height },
      style: { size: 9.5, floor: 7, lines: 5, leading: 1.6, wrap: 'early', align: 'left', colour: INKS.quiet },
    },
    {
      ...{ kind: 'line', from: [LEFT + column + 17, top + 8], to: [LEFT + column + 17, top + height - 8] },
      ...{ width: 0.75, colour: INKS.wool },
    },
  ];
}

function facts(): Item {
  const columns: [title: string, width: number, text: string][] = [
    ['استاندارد مهارت', 136, '{standardFa}'],
    ['عنوان انگلیسی', 122, '{standardEn}'],
    ['کد استاندارد', 96, '{standardCode}'],
    ['ساعت نظری', 46, '{theory}'],
    ['ساعت عملی', 46, '{practice}'],
    ['جمع ساعت', 46, '{hours}'],
    ['نمرهٔ کتبی', 46, '{written}'],
    ['نمرهٔ عملی', 46, '{practical}'],
    ['نمرهٔ نهایی', 46, '{final}'],
    ['تاریخ آزمون', 64, '{examOn}'],
  ];
  const width = columns.reduce((sum, [, each]) => sum + each, 0);
  return {
    kind: 'table',
    right: MIDDLE + width / 2,
    top: 326,
    headHeight: 20,
    rowHeight: 31,
    headStyle: { face: 'bold', size: 8, floor: 6.5, align: 'centre', colour: INKS.indigo },
    style: { size: 9.5, floor: 6, align: 'centre', lines: 2, leading: 1.5, wrap: 'early', colour: INKS.text },
    line: INKS.line,
    headFill: '#eef2f8',
    columns: columns.map(([title, each, text]) => ({
      ...{ title, text, width: each },
      language: text === '{standardEn}' ? ('en' as const) : ('fa' as const),
    })),
  };
}

function foot(): Item[] {
  const label = { size: 9.5, floor: 7, colour: INKS.quiet };
  const value = { ...label, lines: 2, leading: 1.5, colour: INKS.text };
  const lines: [title: string, text: string][] = [
    ['محل آموزش', '{institute}'],
    ['کد ملی', '{nationalId}'],
    ['شمارهٔ گواهینامه', '{serial}'],
    ['تاریخ صدور', '{issuedOn} ({issuedOnIso})'],
  ];
  const check = { size: 9, floor: 6, align: 'centre', colour: INKS.text } as const;
  const under = { x: MIDDLE - 110, width: 220, height: 14 };
  const stamp = { x: LEFT + 44, y: 462 };
  const sign = { x: LEFT + 96, width: 140 };
  return [
    ...lines.flatMap(([title, text], at): Item[] => {
      const y = 424 + at * 24;
      return [
        { kind: 'text', place: title, text: title, box: { x: RIGHT - 70, y, width: 70, height: 24 }, style: label },
        { kind: 'text', place: title, text, box: { x: RIGHT - 226, y, width: 152, height: 24 }, style: value },
      ];
    }),
    {
      ...{ kind: 'qr', place: 'QR code', text: '{verifyUrl}', colour: INKS.indigo, line: INKS.wool },
      ...{ box: { x: MIDDLE - 44, y: 400, width: 88, height: 88 }, alternative: 'رمزینهٔ راستی‌آزمایی گواهینامه' },
    },
    {
      ...{ kind: 'text', place: 'code', text: 'کد راستی‌آزمایی: {code}', box: { ...under, y: 491 } },
      style: { ...check, face: 'bold' },
    },
    {
      ...{ kind: 'text', place: 'address', text: '{verifyUrl}', box: { ...under, y: 505 } },
      style: { ...check, size: 7.5, floor: 4.5, colour: INKS.quiet },
    },
    { kind: 'circle', ...stamp, radius: 34, width: 0.75, dash: 3, colour: INKS.line },
    {
      ...{ kind: 'text', place: 'stamp', text: 'محل مهر برجسته' },
      box: { x: stamp.x - 26, y: stamp.y - 14, width: 52, height: 28 },
      style: { size: 8, align: 'centre', lines: 2, colour: INKS.quiet },
    },
    { kind: 'line', from: [sign.x, 482], to: [sign.x + sign.width, 482], width: 0.75, colour: INKS.line },
    {
      ...{ kind: 'text', place: 'signature', text: 'رئیس {office}', box: { ...sign, y: 486, height: 30 } },
      style: { size: 9, floor: 6.5, align: 'centre', lines: 2, leading: 1.5, wrap: 'early', colour: INKS.text },
    },
  ];
}
