import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { becomes, Product, type Visitor } from './product.js';

const password = 'saffron-and-rose';

describe('the security of an account in the browser', () => {
  let product: Product;
  let officer: Visitor;
  let trainer: Visitor;
  let key = '';
  let codes: string[] = [];

  beforeAll(async () => {
    product = await Product.start();
    officer = await product.visitor('demo-county', 1440);
    trainer = await product.visitor('demo-trainer', 360);
  }, 120_000);
  afterAll(() => product?.stop());

  const typed = () => new TOTP({ secret: Secret.fromBase32(key) }).generate();

  it('is in order on a desk and on a telephone', async () => {
    for (const { page } of [officer, trainer]) {
      await page.goto('/account');
      await page.getByRole('heading', { name: 'نشست‌های باز' }).waitFor();
      await page.getByLabel('دوره‌ها و تقویم', { exact: true }).waitFor();
    }
    expect([await officer.faults(), await trainer.faults()]).toEqual([[], []]);
  });

  it('has an authenticator set up with the password and its first code', async () => {
    const { page } = officer;
    await page.getByLabel('گذرواژه', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'راه‌اندازی برنامهٔ احراز' }).click();
    await page.getByText('نام کاربری یا گذرواژه درست نیست.').waitFor();
    await page.waitForTimeout(1_100);
    await page.getByLabel('گذرواژه', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'راه‌اندازی برنامهٔ احراز' }).click();
    await page.getByAltText('تصویر راه‌اندازی برنامهٔ احراز').waitFor();
    key = (await page.getByText(/^[A-Z2-7]{32}$/).textContent()) ?? '';
    expect(await officer.faults()).toEqual([]);
    await page.getByLabel('نخستین کد').fill(typed());
    await page.getByRole('button', { name: 'روشن کردن' }).click();
    await page.getByText('برنامهٔ احراز روشن است.').waitFor();
  });

  it('draws a sheet of codes, one of which opens the next sign-in', async () => {
    const { page } = officer;
    await page.getByLabel('گذرواژه', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'برگهٔ تازهٔ کدها' }).click();
    const onSheet = page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await onSheet.first().waitFor();
    codes = await onSheet.allTextContents();
    const code = codes.shift()!;
    expect(await officer.faults()).toEqual([]);

    await page.getByRole('button', { name: /حساب کاربری/ }).click();
    await page.getByRole('menuitem', { name: 'خروج' }).click();
    await page.getByLabel('نام کاربری').fill('demo-county');
    await page.getByLabel('گذرواژه', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'ورود', exact: true }).click();
    await page.getByText('گذرواژه درست است.').waitFor();
    expect(await officer.faults()).toEqual([]);
    await page.getByLabel('کد مرحلهٔ دوم').fill(code.toLowerCase());
    await page.getByRole('button', { name: 'ورود', exact: true }).click();
    await page.waitForURL('**/account');
  });

  it('shows everything a token may be made for, in words', async () => {
    const { page } = officer;
    const { viewer } = await officer.ask<{ viewer: { tokenScopes: string[] } }>('{ viewer { tokenScopes } }');
    const shown = page.getByRole('group').locator('li .ltr');
    await becomes(async () => (await shown.allTextContents()).toSorted(), viewer.tokenScopes.toSorted());
  });

  it('has its password changed with the one before and a code, and changed back', async () => {
    const { page } = officer;
    const chosen = 'چای و گل سرخ';
    for (const [before, after] of [
      [password, chosen],
      [chosen, password],
    ] as const) {
      await page.getByLabel('گذرواژهٔ کنونی').fill(before);
      await page.getByLabel('گذرواژهٔ تازه').fill(after);
      await page.getByRole('button', { name: 'عوض کردن گذرواژه' }).click();
      await page.getByLabel('کد مرحلهٔ دوم').fill(codes.shift()!);
      await page.getByRole('button', { name: 'عوض کردن گذرواژه' }).click();
      await page.getByText('گذرواژه عوض شد و نشست‌های دیگر پایان یافت.').waitFor();
    }
    expect(await officer.faults()).toEqual([]);
  });

  it('makes a token, shows it once and ends it', async () => {
    const { page } = trainer;
    await page.getByLabel('نام برنامه یا دستگاه').fill('گزارش ماه');
    await page.getByRole('button', { name: 'کارهای دوره‌ها و تقویم' }).click();
    await page.getByLabel('دیدن فهرست دوره‌ها').check();
    await page.getByText(/^۱ از/).waitFor();
    await page.getByRole('button', { name: 'ساختن توکن', exact: true }).click();
    await page.getByText('توکن ساخته شد').waitFor();
    expect(await trainer.faults()).toEqual([]);
    await page.getByRole('button', { name: 'پایان دادن به گزارش ماه' }).click();
    await page.getByText('«گزارش ماه»').waitFor({ state: 'detached' });
  });

  it('is opened anew by links that tell when they have ended', async () => {
    const { page } = trainer;
    await page.goto('/new-password#ended');
    await page.getByLabel('گذرواژهٔ تازه').fill('چای و گل سرخ');
    await page.getByRole('button', { name: 'ثبت گذرواژه' }).click();
    await page.getByText('این پیوند به کار رفته').waitFor();
    expect(await trainer.faults()).toEqual([]);
    await page.goto('/invitation#ended');
    await page.getByLabel('نام و نام خانوادگی').waitFor();
    expect(await trainer.faults()).toEqual([]);
  });
});
