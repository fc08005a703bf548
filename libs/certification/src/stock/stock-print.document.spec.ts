import { describe, expect, it } from '@jest/globals';
import { TextDoesNotFit } from '@app/documents';
import { emblem, judgedBy, judgePaper, pagesShown, pdfText } from '@app/testing';
import type { CertificateModel } from '../certificate/certificate.document.js';
import { drawDuplicateCover, type DuplicateModel } from '../duplicate/duplicate.document.js';
import { drawStockPrint, drawStockTest } from './stock-print.document.js';

const certificate: CertificateModel = {
  serial: '15-1405-000042',
  code: '7K3M-9QXT-4B7P-2CDE-5',
  verifyUrl: 'https://maharat.example.ir/v/7K3M9QXT4B7P2CDE5',
  issuedOn: '2026-11-21',
  holderGivenName: 'زهرا السادات',
  holderFamilyName: 'حسینی نژاد طباطبایی اصل',
  fatherName: 'سیدمحمدرضا',
  nationalId: '1270000047',
  standardTitleFa: 'بافنده گلیم و جاجیم و ورنی سیرجان (شیریکی پیچ)',
  standardTitleEn: '',
  standardCode: '731899000000002',
  theoryMinutes: 5400,
  practiceMinutes: 21_600,
  writtenMarkHundredths: 8250,
  practicalMarkHundredths: 9000,
  finalMarkHundredths: 8775,
  gradeFa: 'خوب',
  examOn: '2026-11-14',
  startedOn: '2026-05-09',
  endedOn: '2026-11-12',
  instituteName: 'آموزشگاه فنی و حرفه‌ای آزاد خواهران نقش‌جهانِ سپاهان',
  officeName: 'مرکز آموزش فنی و حرفه‌ای شهرکرد',
  provincialOfficeName: 'اداره کل آموزش فنی و حرفه‌ای استان چهارمحال و بختیاری',
  watermark: null,
};
const drawnAt = new Date('2026-11-21T08:00:00Z');
const pages = [41, 42, 43].map((number) => ({
  certificate: { ...certificate, serial: `15-1405-0000${number}` },
  formNumber: `الف/${number}`,
}));
const printed = { pages, rightTenths: 0, downTenths: 0, highestOnTop: false, drawnAt };
const duplicate: DuplicateModel = {
  ...{ serial: certificate.serial, code: certificate.code, verifyUrl: certificate.verifyUrl },
  ...{ certificateIssuedOn: '2026-11-21', printNumber: 2, reason: 'LOST', issuedOn: '2026-12-01' },
  ...{ holderGivenName: certificate.holderGivenName, holderFamilyName: certificate.holderFamilyName },
  ...{ fatherName: certificate.fatherName, nationalIdMasked: '•••••••۰۴۷', standardTitle: certificate.standardTitleFa },
  ...{ officeName: certificate.officeName, provincialOfficeName: certificate.provincialOfficeName },
  ...{ watermark: null, emblem: emblem() },
};

judgePaper('certificate on a form', import.meta.url, () => drawStockPrint(printed));
judgePaper('test page of a printer', import.meta.url, () =>
  drawStockTest({ printerName: 'اتاق صدور', rightTenths: -15, downTenths: 5, drawnAt }),
);
judgePaper('cover of a duplicate', import.meta.url, () => drawDuplicateCover(duplicate));

describe('what is printed on numbered forms', () => {
  const serials = async (changes = {}) =>
    (await pdfText(await drawStockPrint({ ...printed, ...changes }))).map((page) => /15-1405-0000\d\d/.exec(page)?.[0]);

  it('is one page a form in the order of the forms, and turned round when the highest lies on top', async () => {
    expect(await serials()).toEqual(['15-1405-000041', '15-1405-000042', '15-1405-000043']);
    expect(await serials({ highestOnTop: true })).toEqual(['15-1405-000043', '15-1405-000042', '15-1405-000041']);
  });

  it('is what differs from form to form only', async () => {
    const [page] = await pdfText(await drawStockPrint(printed));
    for (const word of ['طباطبایی', '۱۲۷۰۰۰۰۰۴۷', '۷۳۱۸۹۹۰۰۰۰۰۰۰۰۲', 'خوب', '۸۷٫۷۵']) expect(page).toContain(word);
    for (const word of ['گواهی', 'سریال', 'کد ملی', 'فرزند']) expect(page).not.toContain(word);
  });

  it('refuses a name that has no room', async () => {
    const long = { certificate: { ...certificate, holderFamilyName: 'ب'.repeat(400) }, formNumber: '1' };
    await expect(drawStockPrint({ ...printed, pages: [long] })).rejects.toEqual(new TextDoesNotFit('holder', 1));
  });
});

judgedBy(['pdftoppm'], 'the offsets of a printer', () => {
  it('move all that is printed by tenths of a millimetre', async () => {
    const inked = async (offsets: object) => {
      const [page] = pagesShown(await drawStockPrint({ ...printed, ...offsets }), 254, {});
      const dark = [...page!.shades.keys()].filter((at) => page!.shades[at]! < 128);
      const across = dark.map((at) => at % page!.width);
      return { left: across.reduce((a, b) => Math.min(a, b)), top: Math.floor(dark[0]! / page!.width) };
    };
    // At 254 dots an inch a dot is a tenth of a millimetre.
    const [here, there] = [await inked({}), await inked({ rightTenths: 30, downTenths: -20 })];
    expect(Math.abs(there.left - here.left - 30)).toBeLessThanOrEqual(1);
    expect(Math.abs(there.top - here.top + 20)).toBeLessThanOrEqual(1);
  });
});

describe('the cover of a duplicate', () => {
  it('says that it is one, which print, when and why, and shows no whole national ID', async () => {
    const [page, none] = await pdfText(await drawDuplicateCover(duplicate));
    expect(none).toBeUndefined();
    for (const word of ['المثنی', 'گم شدن', '15-1405-000042', 'دوم', 'طباطبایی']) expect(page).toContain(word);
    expect(page).not.toContain('۱۲۷۰۰۰۰۰۴۷');
  });
});
