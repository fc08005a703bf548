import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { transformSync } from '@swc/core';
import { asRead, copiedText, judgedBy, persianWords } from '@app/testing';
import { formatJalali, formatMark, formatMinutesAsHours, toPersianDigits } from '@app/persian';
import { drawCertificate, type CertificateModel } from './certificate.document.js';

const COUNT = 25;

/** Certificates that differ in every word and figure, over the names and titles of our data. */
function models(): CertificateModel[] {
  const words = persianWords().filter((word) => !/[^\u0621-\u06cc\u06f0-\u06f9\u200c ()]/.test(word));
  const some = (at: number) => words[(at * 37) % words.length]!;
  return Array.from({ length: COUNT }, (_, at) => ({
    serial: `1405-ESF-${String(4821 + at * 7).padStart(6, '0')}`,
    code: `7K${at % 10}M-9Q${String.fromCharCode(65 + at)}T-4B`,
    verifyUrl: `https://maharat.example.ir/c/7K${at % 10}M-9Q${String.fromCharCode(65 + at)}T-4B`,
    issuedOn: `2026-${String((at % 12) + 1).padStart(2, '0')}-21`,
    holderGivenName: some(at),
    holderFamilyName: some(at + 300),
    fatherName: some(at + 5),
    nationalId: String(1_270_000_047 + at * 991),
    standardTitleFa: words.at(-1 - at * 3)!,
    standardTitleEn: ['Introductory tailoring', 'Carpet weaver, symmetric knot', 'Office (ICDL 7)'][at % 3]!,
    standardCode: String(731_899_000_000_002 + at),
    theoryMinutes: 5400 + 60 * at,
    practiceMinutes: 21_600 + 30 * at,
    writtenMarkHundredths: 8250 - at,
    practicalMarkHundredths: 9000 - 25 * at,
    finalMarkHundredths: 8775 - 50 * at,
    gradeFa: 'خوب',
    examOn: `2026-11-${String(at + 1).padStart(2, '0')}`,
    startedOn: '2026-05-09',
    endedOn: '2026-11-12',
    instituteName: `آموزشگاه ${some(at + 17)}`,
    officeName: `اداره آموزش ${some(at + 40)}`,
    provincialOfficeName: 'اداره کل آموزش فنی و حرفه‌ای استان چهارمحال و بختیاری',
    watermark: null,
  }));
}

/** What a certificate says in its places, in the order in which it is read. */
function sayingsOf(model: CertificateModel): { persian: string[]; english: string[] } {
  const mark = (hundredths: number) => toPersianDigits(formatMark(hundredths));
  const long = (day: string) => formatJalali(day, 'long');
  const minutes = model.theoryMinutes + model.practiceMinutes;
  return {
    persian: [
      ...['گواهینامهٔ مهارت', 'گواهی می‌شود', `${model.holderGivenName} ${model.holderFamilyName}`],
      ...[model.officeName, model.provincialOfficeName, model.instituteName, `رئیس ${model.officeName}`],
      ...[`شماره: ${model.serial}`, `تاریخ صدور: ${long(model.issuedOn)}`, `کد راستی‌آزمایی: ${model.code}`],
      `فرزند ${model.fatherName}، دارندهٔ کد ملی ${toPersianDigits(model.nationalId)}، دورهٔ «${model.standardTitleFa}»`,
      `از ${long(model.startedOn)} تا ${long(model.endedOn)} در ${model.instituteName} گذرانده و در آزمون ${long(model.examOn)}`,
      `با نمرهٔ ${mark(model.finalMarkHundredths)} از ۱۰۰ (${model.gradeFa}) پذیرفته شده است.`,
      `به مدت ${toPersianDigits(formatMinutesAsHours(minutes))} از`,
      ...[model.writtenMarkHundredths!, model.practicalMarkHundredths!, model.finalMarkHundredths].map(mark),
      ...[toPersianDigits(model.standardCode), toPersianDigits(model.nationalId), formatJalali(model.examOn)],
      ...['محل آموزش', 'کد ملی', 'شمارهٔ گواهینامه', 'استاندارد مهارت', 'نمرهٔ نهایی', model.standardTitleFa],
    ],
    english: [
      model.standardTitleEn,
      model.verifyUrl,
      model.serial,
      model.issuedOn,
      model.nationalId,
      'Certificate of skill',
    ],
  };
}

const SIGNS = /[ :،«»()]/;

/** Whether a line says it, or one line ends with the beginning of it and another begins with the rest. */
function isBack(saying: string, lines: string[]): boolean {
  if (lines.some((line) => line.includes(saying))) return true;
  const blanks = [...saying.matchAll(/ /g)].map(({ index }) => index);
  return blanks.some(
    (at) =>
      lines.some((line) => line.endsWith(saying.slice(0, at))) &&
      lines.some((line) => line.startsWith(saying.slice(at + 1))),
  );
}

judgedBy(['pdftotext'], 'certificates come back when they are copied', () => {
  it('at least 98 of 100 Persian sayings, every English one, every word and every number', async () => {
    const lost = { persian: [] as string[], english: [] as string[], words: [] as string[] };
    let count = 0;
    for (const model of models()) {
      const lines = copiedText(await drawCertificate(model))
        .join('\n')
        .split('\n')
        .map(asRead);
      const words = new Set(lines.join(' ').split(SIGNS));
      const { persian, english } = sayingsOf(model);
      count += persian.length;
      lost.persian.push(...persian.map(asRead).filter((saying) => !isBack(saying, lines)));
      lost.english.push(...english.filter((saying) => !isBack(saying, lines)));
      lost.words.push(
        ...[...persian, ...english].flatMap((saying) => asRead(saying).split(SIGNS)).filter((word) => !words.has(word)),
      );
    }
    expect(count).toBeGreaterThan(600);
    expect(lost.persian.slice(0.02 * count)).toEqual([]);
    expect([lost.english, lost.words]).toEqual([[], []]);
  });
});

describe('certificates that another process draws', () => {
  it('have the same bytes', async () => {
    const root = fileURLToPath(new URL('../../../../', import.meta.url));
    const place = mkdtempSync(join(tmpdir(), 'another-process-'));
    try {
      for (const lib of ['persian', 'documents', 'certification']) compile(join(root, 'libs', lib), join(place, lib));
      mkdirSync(join(place, 'libs/documents'), { recursive: true });
      for (const kept of ['libs/documents/fonts', 'libs/documents/data'])
        cpSync(join(root, kept), join(place, kept), { recursive: true });
      symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
      writeFileSync(join(place, 'package.json'), '{"type":"module"}');
      writeFileSync(join(place, 'models.json'), JSON.stringify(models()));
      writeFileSync(
        join(place, 'program.js'),
        `import { readFileSync } from 'node:fs';
         import { drawCertificate } from './certification/certificate/certificate.document.js';
         for (const model of JSON.parse(readFileSync('models.json')))
           console.log(Buffer.from(await drawCertificate(model)).toString('base64'));`,
      );
      const drawn = execFileSync(process.execPath, ['program.js'], { cwd: place, maxBuffer: 1 << 28 })
        .toString()
        .trim();
      const ours = await Promise.all(models().map(drawCertificate));
      expect(drawn.split('\n')).toEqual(ours.map((bytes) => Buffer.from(bytes).toString('base64')));
    } finally {
      rmSync(place, { recursive: true });
    }
  });

  /** What a `*.document.ts` draws with, as JavaScript. */
  function compile(lib: string, to: string): void {
    for (const file of readdirSync(join(lib, 'src'), { recursive: true, encoding: 'utf8' })) {
      if (!/(?<!spec|\.d)\.ts$/.test(file)) continue;
      const options = {
        jsc: { target: 'es2023', parser: { syntax: 'typescript', decorators: true } },
        module: { type: 'es6' },
      } as const;
      const { code } = transformSync(readFileSync(join(lib, 'src', file), 'utf8'), options);
      const up = '../'.repeat(file.split('/').length);
      const linked = code
        .replace(/'@app\/persian'|"@app\/persian"/g, `'${up}persian/index.js'`)
        .replace(/'@app\/documents\/pure'|"@app\/documents\/pure"/g, `'${up}documents/pure.js'`);
      mkdirSync(dirname(join(to, file)), { recursive: true });
      writeFileSync(join(to, file.replace(/ts$/, 'js')), linked);
    }
  }
});
