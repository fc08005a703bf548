import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, dayInTehran } from '@app/persian';
import { becomes, Product, type Visitor } from './product.js';

/** Ten digits with the check digit that belongs to them. */
const nationalId = (nine: string) => {
  const rest = [...nine].reduce((sum, digit, at) => sum + Number(digit) * (10 - at), 0) % 11;
  return `${nine}${rest < 2 ? rest : 11 - rest}`;
};
const persian = (digits: string) => digits.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)]!);
const [zahra, again] = [nationalId('431612345'), nationalId('431612354')];

describe('a person at the desk of an office in the browser', () => {
  let product: Product;
  let county: Visitor;
  let province: Visitor;

  beforeAll(async () => {
    product = await Product.start();
    county = await product.visitor('demo-county', 1440);
    province = await product.visitor('demo-province', 1440);
    await enrol(county, zahra, 8 * 60);
    await enrol(county, again, 13 * 60);
  }, 120_000);
  afterAll(() => product?.stop());

  const find = async ({ page }: Visitor, id: string) => {
    await page.goto('/people');
    await page.getByLabel('کد ملی', { exact: true }).fill(id);
    await page.getByRole('button', { name: 'یافتن', exact: true }).click();
  };
  const confirm = async ({ page }: Visitor, label: string, why: string) => {
    await page.getByRole('alertdialog').getByLabel('دلیل، برای کسی که تأیید می‌کند').fill(why);
    await page.getByRole('alertdialog').getByRole('button', { name: label, exact: true }).click();
    await page.getByText('درخواست ثبت شد و منتظر تأیید کس دیگری است.').waitFor();
  };
  const agree = async ({ page }: Visitor, text: string) => {
    await page.goto('/agreements');
    const card = page.getByRole('article').filter({ hasText: text });
    await card.getByRole('button', { name: 'تأیید می‌کنم' }).click();
    await card.waitFor({ state: 'detached' });
  };

  it('is found by the whole national ID and by nothing less, and not shown in the address', async () => {
    const { page } = county;
    await find(county, persian('0012345679'));
    await page.getByText('کسی با این کد ملی در دوره‌های حوزهٔ شما نیست.').waitFor();
    await find(county, zahra.slice(0, 6));
    await page.getByText('این شماره کد ملی نیست').waitFor();
    await find(county, persian(zahra));
    await page.getByRole('heading', { name: 'زهرا رضایی' }).waitFor();
    expect(page.url()).not.toContain(zahra);
    expect(await page.content()).not.toContain(zahra);
    expect(await county.faults()).toEqual([]);
  });

  it('gets a birth date and a new number, with the document by which the office knew her', async () => {
    const { page } = county;
    await page.getByText('ثبت نشده').first().waitFor();
    await page.getByRole('button', { name: 'ثبت تاریخ تولد' }).click();
    await page.getByText('مدرک را برگزینید.').waitFor();
    expect(await county.faults()).toEqual([]);
    await page.getByLabel('او را از روی کدام مدرک شناختید؟').selectOption({ label: 'کارت ملی' });
    await page.getByLabel('تاریخ تولد', { exact: true }).fill('۱۳۸۰/۰۱/۰۱');
    await page.getByRole('button', { name: 'ثبت تاریخ تولد' }).click();
    await page.getByText('تاریخ تولد ثبت شد.').waitFor();

    await page.getByLabel('شمارهٔ تازه').fill('۰۹۳۵۰۰۰۰۰۰۱');
    await page.getByLabel('چرا شماره عوض می‌شود؟').fill('گوشی گم شده است');
    await page.getByRole('button', { name: 'ثبت شمارهٔ تازه' }).click();
    await page.getByText('شمارهٔ تازه از').waitFor();
    expect(await county.faults()).toEqual([]);
  });

  it('whose number was shut is let in again', async () => {
    const guest = await product.guest(360);
    await guest.page.goto('/me/sign-in');
    await guest.ask(
      'mutation ($input: AskOneTimePasswordInput!) { askOneTimePassword(input: $input) { __typename } }',
      {
        input: { mobile: '09120009999' },
      },
    );
    const password = await product.oneTimePassword();
    await guest.ask(
      'mutation ($input: EnterOneTimePasswordInput!) { enterOneTimePassword(input: $input) { __typename } }',
      { input: { password } },
    );
    for (const year of [1, 2, 3, 4, 5])
      await guest.ask('mutation ($input: EnterBirthDateInput!) { enterBirthDate(input: $input) { __typename } }', {
        input: { birthDay: `199${year}-01-01` },
      });
    const { page } = county;
    await find(county, zahra);
    await page.getByText('بسته: تاریخ تولد پنج بار نادرست نوشته شد').waitFor();
    await page.getByLabel('او را از روی کدام مدرک شناختید؟').selectOption({ label: 'شناسنامه' });
    await page.getByRole('button', { name: 'باز کردن ورود' }).click();
    await page.getByText('ورود باز شد.').waitFor();
    expect(await county.faults()).toEqual([]);
  });

  it('who stands in the register twice is made one by two people', async () => {
    const { page } = county;
    await page.getByLabel('کد ملی پروندهٔ دیگر').fill(again);
    await page.getByRole('button', { name: 'یافتن پروندهٔ دیگر' }).click();
    await page.getByText('کدام پرونده می‌ماند؟').waitFor();
    await page.getByRole('button', { name: 'درخواست ادغام' }).click();
    expect(await county.faults()).toEqual([]);
    await confirm(county, 'درخواست ادغام', 'کد ملی نادرست نوشته شده بود');
    await agree(province, 'یکی کردن دو پروندهٔ یک نفر');
    await find(county, again);
    await page.getByRole('heading', { name: 'زهرا رضایی' }).waitFor();
    await becomes(() => page.getByRole('link', { name: /.+/ }).filter({ hasText: 'گلیم‌باف' }).count(), 2);
  });

  it('and all people of the office leave as one file when another agrees', async () => {
    const { page } = county;
    await page.goto('/people');
    await page.getByRole('button', { name: 'درخواست فهرست' }).click();
    await confirm(county, 'درخواست فهرست', 'آمار سالانه');
    await agree(province, 'گرفتن فهرست کارآموزان یک اداره');
    await page.goto('/people');
    await page.getByRole('button', { name: /^دریافت فهرست/ }).waitFor({ timeout: 50_000 });
    expect(await county.faults()).toEqual([]);
  });

  it('has the page in order on a telephone, behind the last place of the bar, and in English', async () => {
    const phone = await product.visitor('demo-county', 360);
    const { page } = phone;
    await page.getByRole('button', { name: 'بیشتر' }).click();
    await page.getByRole('menuitem', { name: 'کارآموزان' }).click();
    await page.getByRole('heading', { name: 'کارآموزان', level: 1 }).waitFor();
    await page.getByLabel('کد ملی', { exact: true }).fill(zahra);
    await page.getByRole('button', { name: 'یافتن', exact: true }).click();
    await page.getByRole('heading', { name: 'زهرا رضایی' }).waitFor();
    expect(await phone.faults()).toEqual([]);
    await page.getByRole('button', { name: 'Change the language to English' }).first().click();
    await page.getByRole('heading', { name: 'How this person signs in' }).waitFor();
    expect(await phone.faults()).toEqual([]);
  });
});

/** Opens a course run of the county at this time of the day and enrols the person there, without a birth date. */
async function enrol(county: Visitor, id: string, startMinute: number): Promise<void> {
  interface Choices {
    institutes: {
      items: {
        id: string;
        name: string;
        rooms: { id: string }[];
        appointments: { trainerId: string; standardId: string; standardTitleFa: string }[];
      }[];
    };
  }
  const { institutes } = await county.ask<Choices>(
    '{ institutes { items { id name rooms { id } appointments { trainerId standardId standardTitleFa } } } }',
  );
  const institute = institutes.items.find(({ name }) => name.includes('گلستان'))!;
  const { trainerId, standardId } = institute.appointments.find(
    ({ standardTitleFa }) => standardTitleFa === 'گلیم‌باف',
  )!;
  const { openCourseRun: run } = await county.ask<{ openCourseRun: { id: string } }>(
    `mutation ($input: CourseRunInput!) { openCourseRun(input: $input) {
      ... on CourseRun { id } ... on CourseRunRefused { reason } } }`,
    {
      input: {
        ...{ instituteId: institute.id, standardId, roomId: institute.rooms[0]!.id, trainerId, capacity: 10 },
        startsOn: addDays(dayInTehran(new Date()), 1),
        ...{ weekdays: [6, 7, 1, 2, 3, 4], startMinute, endMinute: startMinute + 240 },
      },
    },
  );
  const person = { givenName: 'زهرا', familyName: 'رضایی', mobile: '09120009999' };
  await county.ask(
    'mutation ($input: EnrolTraineeInput!) { enrolTrainee(input: $input) { ... on Enrolment { id } } }',
    {
      input: { runId: run.id, nationalId: id, ...person },
    },
  );
}
