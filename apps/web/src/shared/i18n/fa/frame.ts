import type { EnumOf } from '../../api/graphql.js';
import type { FailureCode } from '../../api/request.js';

const failure: Record<FailureCode, string> = {
  UNAUTHENTICATED: 'نشست شما پایان یافته است. دوباره وارد شوید.',
  FORBIDDEN: 'نقش شما اجازهٔ این کار را ندارد.',
  NOT_FOUND: 'چیزی با این نشانی پیدا نشد، یا در دسترس شما نیست.',
  BAD_USER_INPUT: 'چیزی در این فرم درست نیست. خانه‌های آن را بازبینی کنید.',
  TOO_MANY: 'درخواست‌ها بیش از اندازه بود. کمی صبر کنید و دوباره بکوشید.',
  INTERNAL: 'کار انجام نشد. آنچه پیش‌تر ثبت شده، سر جای خود است.',
  UNREACHABLE: 'به سامانه دسترسی نیست. اتصال را بررسی کنید؛ چیزی از دست نرفته است.',
};

const role: Record<EnumOf<'Role'>, string> = {
  ADMINISTRATOR: 'راهبر سامانه',
  NATIONAL_OFFICER: 'کارشناس سازمان',
  PROVINCIAL_OFFICER: 'کارشناس ادارهٔ کل استان',
  COUNTY_OFFICER: 'کارشناس ادارهٔ شهرستان',
  ASSESSOR: 'واحد سنجش استان',
  INSTITUTE_MANAGER: 'مدیر آموزشگاه',
  TRAINER: 'مربی',
  EXAMINER: 'آزمونگر',
  ASSOCIATION_MANAGER: 'مدیر شعبهٔ انجمن',
  CASE_WORKER: 'مددکار',
  EMPLOYER: 'کارفرما یا کارگاه پشتیبان',
  GRADUATE: 'کارآموز یا دانش‌آموخته',
};

export const frameWords = {
  product: 'مهارت',
  tagline: 'آموزش فنی و حرفه‌ای',
  skipToContent: 'رفتن به متن صفحه',
  mainMenu: 'فهرست اصلی',
  /** Where there is little room. */
  nav: {
    plan: 'برنامه‌ریزی',
    stock: 'فرم‌ها',
    forms: 'گواهینامه',
    agreements: 'تأیید',
    staff: 'همکاران',
    people: 'کارآموزان',
    more: 'بیشتر',
  },
  loading: 'در حال آماده‌سازی…',
  retry: 'تلاش دوباره',
  narrow: 'جست‌وجو در «{{list}}»',
  cancel: 'انصراف',
  close: 'بستن',
  back: 'بازگشت',
  of: '{{done}} از {{total}}',
  list: '، ',
  range: '{{from}} تا {{to}}',
  language: { switch: 'English', label: 'Change the language to English' },
  failure,
  failed: { title: 'این صفحه باز نشد', code: 'کد خطا: ' },
  notFound: { title: 'چنین صفحه‌ای نیست', home: 'رفتن به دوره‌ها' },
  role,
};
