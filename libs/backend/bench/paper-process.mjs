// Draws papers to memory in a process of its own, so that its start counts: node paper-process.mjs WHAT COUNT [PEOPLE].
// Prints its milliseconds of CPU (whole, and of the drawing alone), bytes a file and megabytes.
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { encode } from 'uqr';
import { mainOf } from '../../tooling/build.mjs';

const [what, count, people] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4] ?? 25)];
const built = (path) => import(join(dirname(mainOf('api')), '../../../libs', path));

const GIVEN =
  'زهرا فاطمه مریم سارا نرگس الهام سمیه حدیث هانیه ریحانه علی محمد حسین رضا مهدی امیر سعید یوسف آرش کیان'.split(' ');
const FAMILY =
  'ملکی کریمی حسینی‌نژاد طباطبایی احمدی رضایی موسوی جعفری قاسمی صادقی نوری اکبری زارع یزدانی شریفی توکلی کاظمی'.split(
    ' ',
  );
const COURSES = [
  ['خیاطی مقدماتی', 'Introductory tailoring'],
  ['برنامه‌نویسی C++ (سطح ۲)', 'C++ programming (level 2)'],
  ['جوشکاری با گاز محافظ', 'Gas metal arc welding'],
  ['تعمیر خودروهای سواری', 'Car repair'],
];
const at = (list, index) => list[index % list.length];

const certificateOf = (i) => ({
  serial: `1405-ESF-${String(i).padStart(6, '0')}`,
  ...{ code: `7K3M-${1000 + (i % 9000)}-4B`, verifyUrl: `https://maharat.example.ir/c/7K3M-${1000 + (i % 9000)}-4B` },
  ...{ holderGivenName: at(GIVEN, i), holderFamilyName: `${at(FAMILY, i)} ${at(FAMILY, i * 7 + 3)}` },
  ...{ fatherName: at(GIVEN, i * 3 + 11), nationalId: String(1_270_000_000 + i * 37) },
  ...{ standardTitleFa: at(COURSES, i)[0], standardTitleEn: at(COURSES, i)[1], standardCode: '731899000000002' },
  ...{ theoryMinutes: 5400, practiceMinutes: 21_600, gradeFa: 'خوب', watermark: null },
  ...{
    writtenMarkHundredths: 7000 + (i % 3000),
    practicalMarkHundredths: 9000,
    finalMarkHundredths: 8000 + (i % 1000),
  },
  ...{ examOn: '2026-11-14', startedOn: '2026-05-09', endedOn: '2026-11-12', issuedOn: '2026-11-21' },
  ...{ instituteName: 'آموزشگاه نقش جهان', officeName: 'اداره آموزش کاشان' },
  provincialOfficeName: 'اداره کل آموزش فنی و حرفه‌ای استان اصفهان',
});

const SESSIONS = 40;
const STATUSES = ['PRESENT', 'PRESENT', 'PRESENT', 'LATE', 'EXCUSED', 'UNEXCUSED', 'LEFT_EARLY'];
const LETTERS = { PRESENT: 'ح', LATE: 'ت', LEFT_EARLY: 'ز', EXCUSED: 'م', UNEXCUSED: 'غ' };
const reportOf = (i) => ({
  ...{ officeName: 'اداره آموزش کاشان', instituteName: 'آموزشگاه نقش جهان', licenceNumber: '12/3456', watermark: null },
  ...{ standardTitle: 'خیاطی مقدماتی', standardCode: '731899000000002', runNumber: `1405-${i}`, roomName: 'کارگاه ۱' },
  ...{
    trainerName: 'مریم کریمی',
    startsOn: '2026-05-09',
    endsOn: '2026-11-12',
    plannedMinutes: 9600,
    heldMinutes: 9600,
  },
  ...{ drawnAt: new Date('2026-11-21T08:30:00Z'), month: null, grey: false },
  sessions: Array.from({ length: SESSIONS }, (_, s) => ({
    ...{ ordinal: s + 1, day: new Date(Date.UTC(2026, 4, 9 + 4 * s)).toISOString().slice(0, 10), held: true },
    ...{ startMinute: 480, endMinute: 720, minutes: 240 },
  })),
  trainees: Array.from({ length: people }, (_, t) => ({
    ...{ row: t + 1, familyName: at(FAMILY, t + i), givenName: at(GIVEN, t * 3), fatherName: at(GIVEN, t * 7 + 1) },
    nationalIdMasked: `127*****${10 + (t % 90)}`,
    marks: Array.from({ length: SESSIONS }, (_, s) => at(STATUSES, t * 7 + s * 5)),
    ...{ presentMinutes: 7000 + t, excusedMinutes: 120, unexcusedMinutes: (t % 5) * 60, notEnteredMinutes: 0 },
    ...{ percentOfPlannedHundredths: 7500 + t, percentOfHeldHundredths: 8300 },
  })),
});

/** Each answers a function that draws the paper of a number. */
const contenders = {
  async certificate() {
    const { drawCertificate } = await built('certification/src/certificate/certificate.document.js');
    return (i) => drawCertificate(certificateOf(i));
  },
  async report() {
    const { drawAttendanceReport } = await built('training/src/attendance/attendance-report.document.js');
    const ready = Array.from({ length: 10 }, (_, i) => reportOf(i));
    return (i) => drawAttendanceReport(at(ready, i));
  },
  /** pdfkit as its guide has it: a document, fonts by their files, text with a width and an alignment. Wrong Persian. */
  'naive-certificate': () => naive('N'),
  /** The same with its title in Vazirmatn, which takes pdfkit a third less. */
  'plain-certificate': () => naive('B'),
  /** pdfkit's own table, as its guide has it. */
  async 'naive-report'() {
    return (i) => naiveReport(reportOf(i));
  },
  /** Our own glyphs, laid out before the clock runs, by a loop into our own page: what nobody can do without. */
  async 'bare-certificate'() {
    const { drawCertificate } = await built('certification/src/certificate/certificate.document.js');
    const ready = [];
    for (let i = 0; i < 200; i++) ready.push(runsOf(Buffer.from(await drawCertificate(certificateOf(i)))));
    return (i) => barePaper(at(ready, i), certificateOf(i));
  },
};

const draw = await contenders[what]();
const spent = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};
const heap = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
/** The template is compiled by the first paper: "drawing" is what each of the others takes, nothing where there are none. */
let began;
let bytes = 0;
let [heapAt500, firstDigest] = [0, ''];
for (let i = 0; i < count; i++) {
  const paper = await draw(i);
  bytes += paper.length;
  began ??= process.cpuUsage();
  if (i === 0) firstDigest = createHash('sha256').update(paper).digest('hex');
  if (i === 499) heapAt500 = heap();
}
const [drawing, whole] = [spent(began) / Math.max(1, count - 1), spent() / count];
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  JSON.stringify({ drawing, whole, bytes: Math.round(bytes / count), peak, heapAt500, heap: heap(), firstDigest }),
);

function inMemory(pdf) {
  const chunks = [];
  pdf.on('data', (chunk) => chunks.push(chunk));
  const ended = new Promise((resolve) => pdf.on('end', () => resolve(Buffer.concat(chunks))));
  pdf.end();
  return ended;
}

function guideDocument() {
  const pdf = new PDFDocument({ size: 'A4', layout: 'landscape', margin: 0 });
  const fonts = new URL('../../documents/fonts/', import.meta.url);
  pdf.registerFont('R', new URL('Vazirmatn-Regular.ttf', fonts).pathname);
  pdf.registerFont('B', new URL('Vazirmatn-Bold.ttf', fonts).pathname);
  pdf.registerFont('N', new URL('NotoNastaliqUrdu-Bold.ttf', fonts).pathname);
  return pdf;
}

async function naive(titleFont) {
  const art = await built('documents/src/pure.js');
  return (i) => naiveCertificate(certificateOf(i), titleFont, art);
}

function naiveCertificate(model, titleFont, { drawKilimFrame, drawStarField, drawStarSeal }) {
  const pdf = guideDocument();
  const stamp = (_, operators, x, y) => pdf.save().translate(x, y).addContent(operators()).restore();
  const canvas = { width: 841.89, height: 595.28, pdf, stamp };
  drawStarField(canvas);
  drawKilimFrame(canvas);
  drawStarSeal(canvas, 421, 100, 23);
  const text = (words, x, y, width, size, align, font = 'R') =>
    pdf.font(font).fontSize(size).fillColor('#221e17').text(words, x, y, { width, align });
  const { serial, code, verifyUrl, nationalId, instituteName, officeName, standardTitleFa } = model;
  text('بسمه تعالی', 92, 61, 657, 9.5, 'center');
  text('گواهینامهٔ مهارت', 92, 125, 657, 28, 'center', titleFont);
  text(officeName, 560, 68, 205, 10.5, 'right', 'B');
  text(model.provincialOfficeName, 560, 102, 205, 10, 'right');
  text(`شماره: ${serial}`, 73, 68, 205, 10, 'left');
  text('تاریخ صدور: ۳۰ آبان ۱۴۰۵', 73, 85, 205, 10, 'left');
  text('2026-11-21', 73, 102, 205, 10, 'left');
  text('گواهی می‌شود', 92, 177, 657, 12.5, 'center');
  text(`${model.holderGivenName} ${model.holderFamilyName}`, 92, 196, 657, 25, 'center', 'B');
  text(
    `فرزند ${model.fatherName}، دارندهٔ کد ملی ${nationalId}، دورهٔ «${standardTitleFa}» را به مدت ۴۵۰ ساعت از ۱۹ اردیبهشت ۱۴۰۵ تا ۲۱ آبان ۱۴۰۵ در ${instituteName} گذرانده و در آزمون ۲۳ آبان ۱۴۰۵ با نمرهٔ ۸۷٫۷۵ از ۱۰۰ (خوب) پذیرفته شده است.`,
    ...[321, 240, 448, 12.5, 'right'],
  );
  text(
    `Certificate of skill: the holder of national ID ${nationalId} has completed ${model.standardTitleEn}, 450 h, 9 May 2026 to 12 Nov 2026, and passed the exam of 14 Nov 2026 with a final mark of 87.75 of 100.`,
    ...[73, 240, 214, 9.5, 'left'],
  );
  const heads =
    'استاندارد مهارت|عنوان انگلیسی|کد استاندارد|ساعت نظری|ساعت عملی|جمع ساعت|نمرهٔ کتبی|نمرهٔ عملی|نمرهٔ نهایی|تاریخ آزمون'.split(
      '|',
    );
  const cells = [
    standardTitleFa,
    model.standardTitleEn,
    model.standardCode,
    '۹۰',
    '۳۶۰',
    '۴۵۰',
    '۸۲٫۵',
    '۹۰',
    '۸۷٫۷۵',
    '۱۴۰۵/۰۸/۲۳',
  ];
  for (const [index, head] of heads.entries()) {
    const x = 700 - index * 68;
    pdf.rect(x, 326, 68, 51).stroke('#a79c89');
    text(head, x, 331, 68, 8, 'center', 'B');
    text(cells[index], x, 350, 68, 8, 'center');
  }
  const facts = {
    'محل آموزش': instituteName,
    'کد ملی': nationalId,
    'شمارهٔ گواهینامه': serial,
    'تاریخ صدور': '۱۴۰۵/۰۸/۳۰ (2026-11-21)',
  };
  for (const [index, [label, value]] of Object.entries(facts).entries()) {
    text(label, 699, 428 + index * 24, 70, 9.5, 'right');
    text(value, 543, 428 + index * 24, 152, 9.5, 'right');
  }
  text(`کد راستی‌آزمایی: ${code}`, 311, 491, 220, 9, 'center', 'B');
  text(verifyUrl, 311, 505, 220, 7.5, 'center');
  text('محل مهر برجسته', 91, 452, 52, 8, 'center');
  text(`رئیس ${officeName}`, 169, 488, 140, 9, 'center');
  const { data, size } = encode(verifyUrl, { ecc: 'M', border: 4 });
  for (const [y, row] of data.entries()) {
    for (const [x, dark] of row.entries())
      if (dark) pdf.rect(377 + (x * 88) / size, 400 + (y * 88) / size, 88 / size, 88 / size);
  }
  pdf.fill('#162c4c');
  return inMemory(pdf);
}

function naiveReport(model) {
  const pdf = guideDocument();
  const names = ['ردیف', 'نام خانوادگی', 'نام', 'نام پدر', 'کد ملی'];
  const heads = [...names, ...model.sessions.map(({ ordinal }) => String(ordinal)), ...'حمغثبپ'];
  const widths = heads.map((_, index) => (index === 0 ? 22 : index < 5 ? 65 : index < 45 ? 8 : 31));
  const rows = model.trainees.map((trainee) => [
    ...[String(trainee.row), trainee.familyName, trainee.givenName, trainee.fatherName, trainee.nationalIdMasked],
    ...trainee.marks.map((status) => LETTERS[status]),
    ...['116:40', '2:00', '1:00', '4:00', '75%', '83%'],
  ]);
  pdf.font('R').fontSize(6);
  pdf.table({ position: { x: 28, y: 98 }, columnStyles: widths, data: [heads, ...rows] });
  return inMemory(pdf);
}

/** A file of ours taken apart: what stands before its own part, the glyphs of its own page, and what stands after. */
function runsOf(file) {
  const text = file.toString('latin1');
  const heads = [...text.matchAll(/\d+ 0 obj\n<<\/Filter\/FlateDecode\/Length (\d+)>>\nstream\n/g)];
  const own = heads.findLast(({ index, 0: head, 1: length }) =>
    inflateSync(file.subarray(index + head.length, index + head.length + Number(length))).includes('Tm['),
  );
  const [from, length] = [own.index + own[0].length, Number(own[1])];
  const content = inflateSync(file.subarray(from, from + length)).toString('latin1');
  const [words] = content.split(/(q [\d. ]+ rg [\d. -]+ cm\n(?:[\d ]+ re\n)+f Q)/);
  const pieces = words
    .split(/(\[(?:[^\]]*)\]TJ)/)
    .flatMap((piece) => (piece.startsWith('[') ? [glyphsOf(piece)] : placesOf(piece)));
  const after = text.slice(from + length).replace(/startxref\n\d+/, `startxref\n${'0'.repeat(10)}`);
  const objects = [...after.matchAll(/(?<=endobj\n)(\d+) 0 obj\n/g)].map(({ index, 1: number }) => [
    Number(number),
    index,
  ]);
  const xref = objects.at(-1)[1];
  return {
    ...{ before: file.subarray(0, own.index), ref: own[0].split(' ')[0], pieces, after, objects, xref },
    rows: after.indexOf('stream\n', xref) + 7,
    startxref: after.lastIndexOf('startxref\n') + 10,
  };
}

/** What is between glyphs; where a text begins, its face, colour, size and place as numbers. */
function placesOf(piece) {
  const found = /BT\/(\w+) 1 Tf ([\d.]+) ([\d.]+) ([\d.]+) rg ([\d.]+) 0 0 (-[\d.]+) ([\d.]+) ([\d.]+) Tm$/.exec(piece);
  if (!found) return [piece];
  const [, font, ...numbers] = found;
  return [piece.slice(0, found.index), { font, numbers: numbers.map(Number) }];
}

function glyphsOf(array) {
  return [...array.matchAll(/<([0-9a-f]+)>|(-?[\d.]+)/g)].map(([, glyphs, gap]) =>
    glyphs ? glyphs.match(/.{4}/g).map((glyph) => parseInt(glyph, 16)) : Number(gap),
  );
}

function barePaper({ before, ref, pieces, after, objects, rows, xref, startxref }, model) {
  let content = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') content += piece;
    else if (piece.font) {
      const [red, green, blue, size, down, x, y] = piece.numbers.map((number) =>
        String(Math.round(number * 1000) / 1000),
      );
      content += `BT/${piece.font} 1 Tf ${red} ${green} ${blue} rg ${size} 0 0 ${down} ${x} ${y} Tm`;
    } else {
      content += '[';
      for (const part of piece) {
        if (typeof part === 'number') content += String(Math.round(part * 100) / 100);
        else {
          content += '<';
          for (const glyph of part) content += glyph.toString(16).padStart(4, '0');
          content += '>';
        }
      }
      content += ']TJ';
    }
  }
  const { data, size } = encode(model.verifyUrl, { ecc: 'M', border: 0, boostEcc: false, maskPattern: 3 });
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = x;
      if (!data[y][x]) continue;
      while (data[y][x + 1]) x++;
      content += `${from} ${y} ${x - from + 1} 1 re\n`;
    }
  }
  const packed = deflateSync(Buffer.from(content, 'latin1'), { level: 3 });
  const head = Buffer.from(`${ref} 0 obj\n<</Filter/FlateDecode/Length ${packed.length}>>\nstream\n`, 'latin1');
  const id = createHash('sha256').update(packed).digest('hex').slice(0, 32);
  // What follows has the same length but stands elsewhere, and the file says where.
  const tail = Buffer.from(after.replace(/\/ID\[<\w+><\w+>\]/, `/ID[<${id}><${id}>]`), 'latin1');
  const from = before.length + head.length + packed.length;
  for (const [number, within] of objects) tail.writeUInt32BE(from + within, rows + 7 * number + 1);
  tail.write(String(from + xref).padStart(10, '0'), startxref, 'latin1');
  return Buffer.concat([before, head, packed, tail]);
}
