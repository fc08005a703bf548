import { describe, expect, it } from '@jest/globals';
import { MissingGlyph, TextDoesNotFit } from '@app/documents';
import { emblem, judgePaper, pdfText } from '@app/testing';
import { type CertificateForm, type CertificateModel, drawCertificate } from './certificate.document.js';
import { type CertificateDesign, certificateLayout } from './certificate-layout.document.js';

const model: CertificateModel = {
  serial: '1405-ESF-004821',
  code: '7K3M-9QXT-4B',
  verifyUrl: 'https://maharat.example.ir/c/7K3M-9QXT-4B',
  issuedOn: '2026-11-21',
  holderGivenName: 'سارا',
  holderFamilyName: 'توکلی',
  fatherName: 'محمدرضا',
  nationalId: '1270000047',
  standardTitleFa: 'خیاطی مقدماتی',
  standardTitleEn: 'Introductory tailoring',
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
  instituteName: 'آموزشگاه نقش جهان',
  officeName: 'اداره آموزش کاشان',
  provincialOfficeName: 'اداره کل آموزش فنی و حرفه‌ای استان اصفهان',
  watermark: null,
};

/** The longest of each that there is in our data, and a code with letters. */
const longWords: Partial<CertificateModel> = {
  holderGivenName: 'زهرا السادات',
  holderFamilyName: 'حسینی نژاد طباطبایی اصل',
  fatherName: 'سیدمحمدرضا',
  standardTitleFa: 'بافنده گلیم و جاجیم و ورنی سیرجان (شیریکی پیچ)',
  standardTitleEn: 'Weaver of kilim, jajim and verni, advanced (C++ & .NET)',
  provincialOfficeName: 'اداره کل آموزش فنی و حرفه‌ای استان چهارمحال و بختیاری',
  officeName: 'مرکز آموزش فنی و حرفه‌ای شهید رجایی خواهران شهرستان شهرکرد',
  instituteName: 'آموزشگاه فنی و حرفه‌ای آزاد خواهران نقش‌جهانِ سپاهان',
  watermark: 'نمونه، فاقد اعتبار',
};

/** A name in letters that Vazirmatn has not, and one of which little is on record. */
const foreign: Partial<CertificateModel> = { holderGivenName: 'Анна', holderFamilyName: 'Петрова' };
const nearlyNothing: Partial<CertificateModel> = {
  ...{ holderGivenName: 'بی‌بی', holderFamilyName: '-', fatherName: '', standardTitleEn: '' },
  writtenMarkHundredths: null,
};

judgePaper('certificate', import.meta.url, () => drawCertificate(model));
judgePaper('certificate of long words', import.meta.url, () => drawCertificate({ ...model, ...longWords }));

const formed = (design: CertificateDesign, mode: 'full' | 'data' | 'grey'): CertificateForm => ({
  ...{ id: `${design} ${mode}`, emblem: mode === 'full' ? emblem() : null },
  layout: certificateLayout({
    ...{ design, title: 'گواهینامهٔ مهارت', sentence: null, english: null, emblem: mode === 'full', print: { mode } },
  }),
});
judgePaper('certificate of the sober design', import.meta.url, () =>
  drawCertificate({ ...model, ...foreign, form: formed('sober', 'full') }),
);
judgePaper('certificate in grey', import.meta.url, () =>
  drawCertificate({ ...model, ...longWords, watermark: null, form: formed('naqsh', 'grey') }),
);
judgePaper('certificate of data only', import.meta.url, () =>
  drawCertificate({ ...model, ...nearlyNothing, form: formed('naqsh', 'data') }),
);

describe('a certificate', () => {
  const textOf = async (changes: Partial<CertificateModel> = {}) =>
    (await pdfText(await drawCertificate({ ...model, ...changes }))).join('\n');

  it('says who learnt what, how long and how well', async () => {
    const text = await textOf();
    for (const word of ['گواهینامه', 'سارا', 'توکلی', 'محمدرضا', 'خیاطی', 'کاشان', 'اصفهان', 'جهان', 'خوب']) {
      expect(text).toContain(word);
    }
    for (const figure of ['۱۲۷۰۰۰۰۰۴۷', '۷۳۱۸۹۹۰۰۰۰۰۰۰۰۲', '۴۵۰', '۹۰', '۳۶۰', '۸۲٫۵', '۸۷٫۷۵', '۱۴۰۵/۰۸/۲۳']) {
      expect(text).toContain(figure);
    }
    for (const latin of ['1405-ESF-004821', '7K3M-9QXT-4B', '2026-11-21', 'Introductory tailoring', '9 May 2026']) {
      expect(text).toContain(latin);
    }
  });

  it('is one page', async () => {
    expect(await pdfText(await drawCertificate(model))).toHaveLength(1);
  });

  it('gives the same bytes for the same model, whenever it is drawn', async () => {
    const bytes = await drawCertificate(model);
    expect(bytes).toEqual(await drawCertificate(model));
    const dates = Buffer.from(bytes)
      .toString('latin1')
      .match(/D:\d{14}/g);
    expect(dates).toEqual(['D:20261121000000', 'D:20261121000000']);
  });

  it('shows a dash for an exam that has one part only', async () => {
    expect(await textOf({ writtenMarkHundredths: null })).toContain('—');
  });

  it('names the standard by its code where there is no English title', async () => {
    expect((await textOf({ standardTitleEn: '' })).replace(/\s+/g, ' ')).toContain('standard 731899000000002');
  });

  it('says nothing of fees, programmes or referrals', async () => {
    expect(await textOf()).not.toMatch(/رایگان|شهریه|کمیته|بهزیستی|معرفی|free|fee\b/i);
  });

  it('carries the watermark as shapes, and the same words', async () => {
    const marked = await drawCertificate({ ...model, watermark: 'نمونه، فاقد اعتبار' });
    expect(await pdfText(marked)).toEqual(await pdfText(await drawCertificate(model)));
    expect(marked.length).toBeGreaterThan((await drawCertificate(model)).length);
  });

  it('holds a long name by making it smaller, and refuses one that has no room', async () => {
    const holderFamilyName = 'حسینی نژاد طباطبایی اصل عبدالله‌زاده‌ی ملکی کاشانی نوش‌آبادی';
    expect(await textOf({ holderFamilyName })).toContain('طباطبایی');
    await expect(drawCertificate({ ...model, holderFamilyName: 'ملکی '.repeat(2000) })).rejects.toEqual(
      new TextDoesNotFit('holder'),
    );
  });

  it('bears a name in letters that Vazirmatn has not, and refuses one that no face has', async () => {
    for (const word of ['Анна', 'Петрова']) expect(await textOf(foreign)).toContain(word);
    await expect(drawCertificate({ ...model, holderGivenName: '安娜' })).rejects.toEqual(
      new MissingGlyph(0x5b89, 'holder'),
    );
  });

  it('stays below 130 kB', async () => {
    expect((await drawCertificate(model)).length).toBeLessThan(130_000);
  });
});
