import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, dayInTehran, formatJalali } from '@app/persian';
import { becomes, Product, type Visitor } from './product.js';

const classList = join(import.meta.dirname, '../../../libs/training/data/class-lists/carpet-24.xlsx');
const parts = ['trainees', 'class-list', 'report', 'marks', 'certificates'];
const institute = 'آموزشگاه قالی‌بافی نقش مینودر';
/** A picture of one point. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

describe('one course run in the browser', () => {
  let product: Product;
  let county: Visitor;
  let manager: Visitor;
  let trainer: Visitor;
  let run: string;

  beforeAll(async () => {
    product = await Product.start();
    county = await product.visitor('demo-county', 1440);
    manager = await product.visitor('demo-institute', 1440);
    trainer = await product.visitor('demo-trainer', 360);
  }, 120_000);
  afterAll(() => product?.stop());

  it('opens with less than 230 KB of script', async () => {
    const page = county.page;
    await page.reload({ waitUntil: 'networkidle' });
    const scripts = await page.evaluate(() =>
      performance.getEntriesByType('resource').flatMap(({ name }) => (name.endsWith('.js') ? [name] : [])),
    );
    const sizes = await Promise.all(scripts.map(async (url) => gzipSync(await (await fetch(url)).text()).length));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(230 * 1024);
    expect(await county.faults()).toEqual([]);
  });

  it('is planned with its sessions in sight, and opened', async () => {
    const today = dayInTehran(new Date());
    const { viewer } = await trainer.ask<{ viewer: { trainerId: string } }>('{ viewer { trainerId } }');
    await appointLongAgo(county, viewer.trainerId, addDays(today, -300), addDays(today, 300));
    const { page } = county;
    await page.goto('/courses/new');
    await page.getByLabel('آموزشگاه').selectOption({ label: institute });
    await page.getByLabel('استاندارد آموزش').selectOption({ label: 'گلیم‌باف' });
    await page.getByLabel('کارگاه').selectOption({ index: 1 });
    await page.getByLabel('مربی').selectOption(viewer.trainerId);
    await page.getByLabel('تاریخ شروع').fill(formatJalali(addDays(today, -80)));
    for (const day of ['شنبه', 'یکشنبه', 'دوشنبه', 'سه‌شنبه', 'چهارشنبه', 'پنجشنبه'])
      await page.getByRole('button', { name: day, exact: true }).click();
    await page.getByLabel('از ساعت').fill('8:30');
    await page.getByLabel('تا ساعت').fill('۱۶:۳۰');
    await page.getByLabel('ظرفیت (نفر)').fill('۵۰');
    await page.getByText('ظرفیت دوره از ظرفیت کارگاه بیشتر است.').waitFor();
    expect(await county.faults()).toEqual([]);

    await page.getByLabel('ظرفیت (نفر)').fill('۲۴');
    await page.getByText('۲۵ جلسه، ۲۰۰ ساعت').waitFor();
    await page.getByRole('button', { name: 'باز کردن دوره' }).click();
    await page.waitForURL(/\/courses\/[0-9a-f-]{36}$/);
    run = page.url().split('/').at(-1)!;
    await page.getByRole('heading', { name: 'گلیم‌باف' }).waitFor();
    expect(await county.faults()).toEqual([]);
  });

  it('takes a class list after a dry run of its rows', async () => {
    const { page } = manager;
    await page.goto(`/courses/${run}/class-list`);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'انتخاب فایل' }).click();
    await (await chooser).setFiles(classList);
    await page.getByText('اصلاح‌شده (۱۳)').waitFor();
    expect(await manager.faults()).toEqual([]);

    await page.reload();
    await page.getByRole('button', { name: 'ثبت‌نام ۲۴ نفر' }).click();
    await page.getByText('۲۴ نفر ثبت‌نام شدند.').waitFor();
    await page.getByRole('link', { name: 'دیدن کارآموزان' }).click();
    await page.getByText('۲۴ کارآموز').waitFor();
    await becomes(() => page.getByRole('row').count(), 25);
    expect(await manager.faults()).toEqual([]);
  });

  it('is marked on a phone by touching who is absent', async () => {
    const { page } = trainer;
    await page.goto(`/courses/${run}`);
    await page.getByRole('link', { name: 'ثبت حضور جلسهٔ ۱', exact: true }).click();
    await page.getByText('پیش‌فرض: حاضر؛ هنوز ثبت نشده.').waitFor();
    const rows = page.getByRole('list', { name: 'کارآموزان این جلسه' }).getByRole('listitem');
    await becomes(() => rows.count(), 24);
    await rows.nth(2).getByRole('button').first().click();
    await rows.nth(4).getByRole('button').nth(1).click();
    await page.getByRole('menuitem', { name: 'تأخیر ۱۵ دقیقه' }).click();
    expect(await trainer.faults()).toEqual([]);
    await page.getByRole('button', { name: 'ذخیرهٔ حضور ۲۴ نفر' }).click();
    await page.getByText('حضور ۲۴ نفر ثبت شد.').waitFor();

    await page.reload();
    await page.getByText('این برگ ثبت شده است.').waitFor();
    await rows.nth(2).filter({ hasText: 'غایب' }).waitFor();
    await rows.nth(4).filter({ hasText: '۱۵ دقیقه تأخیر' }).waitFor();
    await page.getByRole('link', { name: 'بازگشت' }).click();
    await page.getByText('۱ جلسه از ۲۵ جلسه برگزار شده').waitFor();
    expect(await trainer.faults()).toEqual([]);
    await markTheOthers(trainer, run);
  });

  it('gives its attendance report as a file', async () => {
    const { page } = county;
    await page.goto(`/courses/${run}/report`);
    await page.getByRole('button', { name: 'ساخت گزارش' }).click();
    const download = page.waitForEvent('download', { timeout: 50_000 });
    await page
      .getByRole('listitem')
      .filter({ hasText: 'PDF' })
      .getByRole('button', { name: /^دریافت/ })
      .click({ timeout: 50_000 });
    expect(
      readFileSync(await (await download).path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(await county.faults()).toEqual([]);
  });

  it('ends in marks and certificates', async () => {
    await county.page.goto(`/courses/${run}`);
    await county.page.getByRole('button', { name: 'اعلام پایان جلسه‌ها' }).click();
    await county.page.getByText('پایان‌یافته').waitFor();

    const assessor = await product.visitor('demo-assessor', 1440);
    await assessor.page.goto(`/courses/${run}/marks`);
    // The page around is read anew late: what is written into the fields of the next part until then stays.
    await assessor.page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query CourseRun(')) await sleep(2000);
      await route.continue();
    });
    for (const part of ['کتبی', 'عملی']) {
      await assessor.page.getByRole('radio', { name: part }).click();
      const fields = assessor.page.getByLabel(new RegExp(`^نمرهٔ ${part}`));
      await becomes(() => fields.count(), 24);
      for (const field of await fields.all()) await field.fill('۸۷٫۵');
      if (part === 'کتبی') expect(await assessor.faults()).toEqual([]);
      await assessor.page.getByRole('button', { name: 'ثبت ۲۴ نمره' }).click();
      await assessor.page.getByText('۲۴ نمره ثبت شد.').waitFor();
    }

    const { page } = county;
    await page.goto(`/courses/${run}/certificates`);
    await page.getByRole('button', { name: /^صدور/ }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: /^صدور/ }).click();
    await page.getByText('گواهینامه صادر شد.').waitFor({ timeout: 50_000 });
    const download = page.waitForEvent('download');
    await page
      .getByRole('button', { name: /^دریافت/ })
      .first()
      .click();
    expect(statSync(await (await download).path()).size).toBeGreaterThan(10_000);
    expect(await county.faults()).toEqual([]);
  }, 120_000);

  it('gives out a duplicate of a certificate, with the reason', async () => {
    const { page } = county;
    await page
      .getByRole('button', { name: /^المثنی برای/ })
      .first()
      .click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel('دلیل').selectOption('LOST');
    expect(await county.faults()).toEqual([]);
    await dialog.getByRole('button', { name: 'المثنی' }).click();
    await page.getByText('المثنی با شمارهٔ چاپ ۲ ثبت شد.').waitFor();
    await page.getByRole('heading', { name: 'المثنی‌های داده‌شده' }).waitFor();
    await page.getByRole('button', { name: /^دریافت برگ روی المثنی/ }).waitFor({ timeout: 50_000 });
    expect(await county.faults()).toEqual([]);
  });

  it('lies on numbered forms that were received, printed on and written off', async () => {
    const { page } = county;
    await page.getByRole('link', { name: 'چاپ روی فرم‌های شماره‌دار' }).click();
    await page.getByText('هنوز فرمی ثبت نشده است').waitFor();
    expect(await county.faults()).toEqual([]);

    await page.getByLabel('سری').fill('الف');
    await page.getByLabel('از شمارهٔ').fill('۱۲۰۱');
    await page.getByLabel('تا شمارهٔ').fill('1230');
    await page.getByRole('button', { name: 'ثبت ۳۰ فرم' }).click();
    await page.getByText('فرم‌های ۱۲۰۱ تا ۱۲۳۰ سری «الف» ثبت شد.').waitFor();
    await page.getByText('نخست چاپگری ثبت کنید').waitFor();

    await page.getByLabel('نام چاپگر').fill('اتاق صدور');
    await page.getByLabel('به راست (میلی‌متر)').fill('-۱٫۵');
    await page.getByRole('button', { name: 'ثبت و ساخت برگهٔ آزمایش' }).click();
    await page.getByText('۱٫۵ میلی‌متر به چپ').waitFor();
    await page.getByRole('button', { name: 'دریافت برگهٔ آزمایش' }).waitFor({ timeout: 50_000 });

    await page.getByLabel('چاپگر', { exact: true }).selectOption({ label: 'اتاق صدور' });
    await page.getByLabel('سری').nth(1).selectOption('الف');
    // The run came with the link, the first blank form by itself.
    await becomes(() => page.getByLabel('دوره', { exact: true }).inputValue(), run);
    await becomes(() => page.getByLabel('نخستین فرم در سینی').inputValue(), '۱۲۰۱');
    await page.getByRole('button', { name: 'ساخت پروندهٔ چاپ' }).click();
    await page.getByText('فرم‌های ۱۲۰۱ تا ۱۲۲۴ به گواهینامه‌ها داده شد.').waitFor();
    const download = page.waitForEvent('download', { timeout: 50_000 });
    await page.getByRole('button', { name: 'دریافت پروندهٔ PDF' }).click({ timeout: 50_000 });
    expect(statSync(await (await download).path()).size).toBeGreaterThan(10_000);
    expect(await county.faults()).toEqual([]);

    await page.getByLabel('سری').last().selectOption('الف');
    await page.getByLabel('شمارهٔ فرم').fill('۱۲۰۳');
    await page.getByLabel('دلیل ابطال').fill('کج چاپ شد');
    await page.getByRole('button', { name: 'ابطال فرم' }).press('Enter');
    await page.getByRole('alertdialog').getByRole('button', { name: 'ابطال فرم' }).press('Enter');
    await page.getByText('فرم ۱۲۰۳ باطل شد.').waitFor();
    await page.getByRole('button', { name: 'فرم‌های بیشتر' }).click();
    await page.getByRole('row').filter({ hasText: '۱۲۰۳' }).getByText('باطل‌شده').waitFor();
    expect(await county.faults()).toEqual([]);

    await page.getByRole('button', { name: 'ساخت پروندهٔ چاپ' }).click();
    await page.getByText('فرم‌های ۱۲۲۵ تا ۱۲۲۵ به گواهینامه‌ها داده شد.').waitFor();
  }, 120_000);

  it('takes a form of the province, seen as a preview before another agrees to it', async () => {
    const province = await product.visitor('demo-province', 1440);
    const { page } = province;
    await page.goto('/certificate-forms');
    await page.getByText('هنوز فرمی نوشته نشده است').waitFor();
    await page.getByLabel('عنوان برگ').fill('گواهینامهٔ مهارت');
    await page.getByLabel('متن فارسی').fill('فرزند {father}، {mother}');
    await page.getByRole('button', { name: 'ساخت پیش‌نویس و پیش‌نمایش' }).click();
    await page.getByText('متن جای چیزی را دارد که گواهینامه ندارد.').waitFor();
    await page.getByLabel('متن فارسی').fill('');
    await page.getByRole('button', { name: 'ساخت پیش‌نویس و پیش‌نمایش' }).click();
    await page.getByText('پیش‌نویس نسخهٔ ۱ ساخته شد.').waitFor();
    const shown = page.getByTitle('پیش‌نمایش، در همین صفحه');
    const paper = await page.request.get((await shown.getAttribute('src')) ?? '');
    expect(paper.headers()).toMatchObject({
      ...{ 'content-type': 'application/pdf', 'content-disposition': expect.stringMatching(/^inline/) },
    });
    expect(await province.faults()).toEqual([]);
    // The next version begins as this one stands, and takes an emblem.
    await page.reload();
    await page.getByLabel('نوشتن از روی').waitFor();
    await becomes(() => page.getByLabel('عنوان برگ').inputValue(), 'گواهینامهٔ مهارت');
    expect(await page.getByLabel('متن فارسی').inputValue()).toContain('{standardFa}');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'نشان صادرکننده' }).click();
    await (await chooser).setFiles({ name: 'emblem.png', mimeType: 'image/png', buffer: PIXEL });
    await page.getByText('«emblem.png»').waitFor();
    await page.getByRole('button', { name: 'ساخت پیش‌نویس و پیش‌نمایش' }).click();
    await page.getByText('پیش‌نویس نسخهٔ ۲ ساخته شد.').waitFor();
    await page.reload();
    await page.getByText('نشان همان نسخه می‌ماند.').waitFor();
    await page.getByRole('button', { name: /^نمایش گواهینامهٔ مهارت، نسخهٔ ۲/ }).click();
    await page.getByTitle(/^پیش‌نمایش گواهینامهٔ مهارت، نسخهٔ ۲/).waitFor();
    expect(await province.faults()).toEqual([]);
    const download = page.waitForEvent('download');
    await page
      .getByRole('button', { name: /^دریافت پیش‌نمایش/ })
      .first()
      .click();
    expect(statSync(await (await download).path()).size).toBeGreaterThan(10_000);

    await page
      .getByRole('button', { name: /^انتشار/ })
      .first()
      .click();
    await page.getByRole('alertdialog').getByLabel('دلیل، برای کسی که تأیید می‌کند').fill('فرم تازهٔ استان');
    expect(await province.faults()).toEqual([]);
    await page.getByRole('alertdialog').getByRole('button', { name: 'انتشار' }).click();
    await page.getByText('درخواست ثبت شد و منتظر تأیید کس دیگری است.').waitFor();
    expect(await province.faults()).toEqual([]);
  });

  it('has every page in order on a phone too', async () => {
    const phone = await product.visitor('demo-county', 360);
    const ofRun = ['', '/new', `/${run}`, ...parts.map((part) => `/${run}/${part}`)].map((path) => `/courses${path}`);
    for (const path of [...ofRun, '/stock?series=الف']) {
      await phone.page.goto(path, { waitUntil: 'networkidle' });
      expect([path, await phone.faults()]).toEqual([path, []]);
    }
    const province = await product.visitor('demo-province', 360);
    await province.page.goto('/certificate-forms', { waitUntil: 'networkidle' });
    expect(await province.faults()).toEqual([]);
  });

  it('lets a graduate in by telephone, one-time password and birth date, who downloads the certificate', async () => {
    const graduate = await product.guest(360);
    const { page } = graduate;
    await page.goto('/me');
    await page.waitForURL('**/me/sign-in');
    expect(await graduate.faults()).toEqual([]);
    await page.getByLabel('شمارهٔ همراه').fill('+۹۸ ۹۰۰ ۰۶۴ ۵۴۱۰');
    await page.getByRole('button', { name: 'فرستادن رمز' }).click();
    await page.getByLabel('رمز یک‌بارمصرف').waitFor();
    expect(await graduate.faults()).toEqual([]);
    const password = await product.oneTimePassword();
    const wrong = password === '111111' ? '222222' : '111111';
    await page.getByLabel('رمز یک‌بارمصرف').fill(wrong);
    await page.getByText('این رمز درست نیست.').waitFor();
    expect(await graduate.faults()).toEqual([]);
    // The sixth digit sends it.
    await page.getByLabel('رمز یک‌بارمصرف').fill(password.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)]!));
    await page.getByLabel('تاریخ تولد').fill('1365/4/19');
    await page.getByRole('button', { name: 'ورود', exact: true }).click();
    await page.getByText('تاریخ تولد با این شماره نمی‌خواند.').waitFor();
    expect(await graduate.faults()).toEqual([]);
    await page.getByLabel('تاریخ تولد').fill('۱۳۶۵/۰۴/۱۸');
    await page.getByRole('button', { name: 'ورود', exact: true }).click();
    await page.waitForURL('**/me');
    await page.getByRole('heading', { name: 'نصرت اردلان' }).waitFor();
    await page.getByRole('heading', { name: 'گواهینامه‌های من' }).waitFor();
    expect(await graduate.faults()).toEqual([]);
    const download = page.waitForEvent('download');
    await page
      .getByRole('button', { name: /^دریافت/ })
      .first()
      .click();
    const file = await (await download).path();
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
    // Nothing of the staff's pages is open to a graduate.
    await page.goto('/courses');
    await page.waitForURL('**/me');
    await page.getByRole('button', { name: 'خروج' }).click();
    await page.waitForURL('**/me/sign-in');
  });

  it('turns to English with the whole page', async () => {
    const { page } = county;
    await page.goto(`/courses/${run}/certificates`);
    await page.getByRole('button', { name: 'Change the language to English' }).click();
    await page.getByRole('heading', { name: 'Certificates' }).waitFor();
    await becomes(
      () => page.evaluate(() => [document.documentElement.dir, document.documentElement.lang]),
      ['ltr', 'en'],
    );
  });
});

async function appointLongAgo(county: Visitor, trainerId: string, startsOn: string, endsOn: string): Promise<void> {
  interface Institutes {
    institutes: {
      items: { id: string; name: string; appointments: { standardId: string; standardTitleFa: string }[] }[];
    };
  }
  const { institutes } = await county.ask<Institutes>(
    '{ institutes { items { id name appointments { standardId standardTitleFa } } } }',
  );
  const found = institutes.items.find(({ name }) => name === institute)!;
  const { standardId } = found.appointments.find(({ standardTitleFa }) => standardTitleFa === 'گلیم‌باف')!;
  await county.ask('mutation ($input: AppointTrainerInput!) { appointTrainer(input: $input) { __typename } }', {
    input: { trainerId, instituteId: found.id, standardId, startsOn, endsOn },
  });
}

async function markTheOthers(trainer: Visitor, id: string): Promise<void> {
  interface Run {
    courseRun: { sessions: { id: string; status: string }[]; enrolments: { id: string }[] };
  }
  const { courseRun } = await trainer.ask<Run>(
    'query ($id: ID!) { courseRun(id: $id) { sessions { id status } enrolments { id } } }',
    { id },
  );
  const marks = courseRun.enrolments.map((enrolment) => ({ enrolmentId: enrolment.id, status: 'PRESENT' }));
  for (const session of courseRun.sessions.filter(({ status }) => status === 'PLANNED')) {
    await trainer.ask('mutation ($input: MarkAttendanceInput!) { markAttendance(input: $input) { __typename } }', {
      input: { sessionId: session.id, marks },
    });
  }
}
