import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Product, type Visitor } from './product.js';

const password = 'چای و گل سرخ';

describe('the people of an office in the browser', () => {
  let product: Product;
  let county: Visitor;
  let province: Visitor;

  beforeAll(async () => {
    product = await Product.start();
    county = await product.visitor('demo-county', 1440);
    province = await product.visitor('demo-province', 1440);
  }, 120_000);
  afterAll(() => product?.stop());

  const openStaff = async ({ page }: Visitor) => {
    await page.goto('/staff');
    await page.getByRole('heading', { name: 'همکاران و دسترسی‌ها' }).waitFor();
  };
  /** Invites somebody with a role at this place, or at the first of the list, and takes the link. */
  const invited = async ({ page }: Visitor, role: string, place?: string): Promise<string> => {
    await page.getByLabel('نقش', { exact: true }).selectOption({ label: role });
    await page.getByLabel('کجا، یا چه کسی').selectOption(place ?? { index: 1 });
    await page.getByRole('button', { name: 'ساختن پیوند' }).click();
    return (await page.getByText(/\/invitation#/).textContent()) ?? '';
  };
  const accept = async ({ page }: Visitor, link: string, userName: string) => {
    await page.goto(new URL(link).pathname + new URL(link).hash);
    await page.getByLabel('نام و نام خانوادگی').fill(`همکار ${userName === 'second' ? 'دوم' : 'تازه'}`);
    await page.getByLabel('نام کاربری').fill(userName);
    await page.getByLabel('گذرواژه', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'ساختن حساب و ورود' }).click();
    await page.waitForURL('**/courses');
  };
  const card = ({ page }: Visitor, name: string) =>
    page.getByRole('article').filter({ has: page.getByRole('heading', { name, exact: true }) });
  const confirm = ({ page }: Visitor, label: string) =>
    page.getByRole('alertdialog').getByRole('button', { name: label, exact: true }).click();

  it('are let in by a link that is shown once', async () => {
    await openStaff(county);
    expect(await county.faults()).toEqual([]);
    const link = await invited(county, 'مربی');
    expect(await county.faults()).toEqual([]);
    const guest = await product.guest(360);
    await accept(guest, link, 'newcomer');
    expect(await guest.faults()).toEqual([]);
    await openStaff(county);
    await card(county, 'همکار تازه').waitFor();
  });

  it('get one more role, by keyboard, and lose it again', async () => {
    const { page } = county;
    await page.getByRole('button', { name: 'دادن نقش: همکار تازه' }).press('Enter');
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel('نقش', { exact: true }).selectOption({ label: 'کارفرما یا کارگاه پشتیبان' });
    expect(await county.faults()).toEqual([]);
    await dialog.getByRole('button', { name: 'دادن نقش' }).press('Enter');
    await card(county, 'همکار تازه').getByText('کارفرما یا کارگاه پشتیبان').waitFor();
    await page.getByRole('button', { name: 'گرفتن نقش کارفرما یا کارگاه پشتیبان از همکار تازه' }).click();
    await confirm(county, 'گرفتن');
    await card(county, 'همکار تازه').getByText('کارفرما یا کارگاه پشتیبان').waitFor({ state: 'detached' });
  });

  it('have their sessions ended, a new password by a link, and the account closed', async () => {
    const { page } = county;
    await page.getByRole('button', { name: 'پایان نشست‌ها: همکار تازه' }).click();
    await confirm(county, 'پایان نشست‌ها');
    await page.getByText('همهٔ نشست‌ها پایان یافت.').waitFor();
    await page.getByRole('button', { name: 'پیوند گذرواژهٔ تازه: همکار تازه' }).click();
    await confirm(county, 'پیوند گذرواژهٔ تازه');
    await page.getByText(/\/new-password#/).waitFor();
    await page.getByRole('button', { name: 'بستن حساب: همکار تازه' }).click();
    await confirm(county, 'بستن حساب');
    await card(county, 'همکار تازه').getByText('حساب بسته').waitFor();
    expect(await county.faults()).toEqual([]);
  });

  it('who lost the second step are let in by two', async () => {
    await openStaff(province);
    const { viewer } = await county.ask<{ viewer: { officeId: string } }>('{ viewer { officeId } }');
    const link = await invited(province, 'کارشناس ادارهٔ شهرستان', viewer.officeId);
    const second = await product.guest(1440);
    await accept(second, link, 'second');
    await county.page.getByRole('button', { name: 'گم شدن مرحلهٔ دوم: همکار تازه' }).click();
    await county.page.getByLabel('دلیل، برای کسی که تأیید می‌کند').fill('گوشی‌اش گم شده است');
    expect(await county.faults()).toEqual([]);
    await confirm(county, 'گم شدن مرحلهٔ دوم');
    await card(county, 'همکار تازه').getByText('درخواست ثبت شد و منتظر تأیید کس دیگری است.').waitFor();

    await second.page.goto('/agreements');
    await second.page.getByText('همکار تازه (newcomer)').waitFor();
    await second.page.getByRole('button', { name: 'تأیید می‌کنم' }).click();
    await second.page.getByText('چیزی منتظر شما نیست').waitFor();
    expect(await second.faults()).toEqual([]);
    await county.page.goto('/agreements?list=asked');
    await county.page.getByText('تأیید و انجام شد').waitFor();
  });

  it('ask for rules of sign-in that another must agree to', async () => {
    const national = await product.visitor('demo-national', 1440);
    const { page } = national;
    await openStaff(national);
    await page.getByRole('heading', { name: 'مدت نشست‌ها' }).waitFor();
    await page.getByLabel('نقش', { exact: true }).last().selectOption({ label: 'مربی' });
    await page.getByLabel('بیکاری (دقیقه)').fill('۱۵');
    await page.getByLabel('از آغاز تا پایان (دقیقه)').fill('۴۸۰');
    await page.getByRole('button', { name: 'درخواست تغییر مدت نشست' }).click();
    await page.getByLabel('دلیل، برای کسی که تأیید می‌کند').fill('دستگاه‌های مشترک');
    expect(await national.faults()).toEqual([]);
    await confirm(national, 'درخواست تغییر');
    await page.getByText('درخواست ثبت شد و منتظر تأیید کس دیگری است.').waitFor();
    await page.getByRole('radio', { name: 'لازم باشد' }).click();
    await page.getByLabel('شبکه‌های اداره که از آن‌ها کد پرسیده نمی‌شود').fill('0.0.0.0/0');
    await page.getByRole('button', { name: 'درخواست تغییر مرحلهٔ دوم ورود' }).click();
    await page.getByLabel('دلیل، برای کسی که تأیید می‌کند').fill('همه از راه دور');
    await confirm(national, 'درخواست تغییر');
    await page.getByText('یکی از شبکه‌ها بیش از اندازه گسترده است.').waitFor();
    expect(await national.faults()).toEqual([]);
  });

  it('have their page in order on a telephone, and in English with the other new pages', async () => {
    const phone = await product.visitor('demo-county', 360);
    await openStaff(phone);
    expect(await phone.faults()).toEqual([]);
    const { page } = phone;
    await page.getByRole('button', { name: 'Change the language to English' }).first().click();
    await page.getByRole('heading', { name: 'People and access' }).waitFor();
    for (const path of ['/staff', '/stock', '/account']) {
      await page.goto(path, { waitUntil: 'networkidle' });
      expect([path, await phone.faults()]).toEqual([path, []]);
    }
    await province.page.getByRole('button', { name: 'Change the language to English' }).first().click();
    await province.page.goto('/certificate-forms', { waitUntil: 'networkidle' });
    expect(await province.faults()).toEqual([]);
  });
});
