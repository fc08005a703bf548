import type { EnumOf } from '../../api/graphql.js';

const examPart: Record<EnumOf<'ExamPart'>, string> = {
  WRITTEN: 'کتبی',
  PRACTICAL: 'عملی',
};

const examStanding: Record<EnumOf<'ExamStanding'>, string> = {
  PASSED: 'قبول',
  FAILED: 'مردود',
  INCOMPLETE: 'ناتمام',
};

const examRefusal: Record<EnumOf<'ExamRefusal'>, string> = {
  RUN_NOT_EXAMINED: 'نمره پس از پایان جلسه‌ها و پیش از بسته شدن دوره ثبت می‌شود.',
  WRONG_DAY: 'روز آزمون باید از آخرین جلسه به بعد باشد و از امروز نگذرد.',
  NOT_ENROLLED: 'یکی از این افراد دیگر در دوره نیست. صفحه را تازه کنید.',
  WRONG_MARK: 'برای هر نفر یا نمره بنویسید یا غیبت بزنید.',
  PASSED_ALREADY: 'کسی که در این بخش قبول شده، دوباره آزمون نمی‌دهد.',
  NO_TRY_LEFT: 'نوبت‌های آزمون یکی از کارآموزان تمام شده است.',
  WRITTEN_NOT_PASSED: 'آزمون عملی پس از قبولی در آزمون کتبی است.',
  NOT_AFTER_LAST_TRY: 'هر نوبت باید پس از روز نوبت پیشین باشد.',
};

export const examWords = {
  marks: {
    title: 'نمره‌های آزمون',
    lead: 'نمره از ۱۰۰. خانهٔ خالی ثبت نمی‌شود. هر بار نمره‌های یک بخش و یک روز ثبت می‌شود.',
    name: 'نام',
    part: 'بخش آزمون',
    satOn: 'روز آزمون',
    entry: 'نمرهٔ تازه',
    standing: 'نتیجه',
    final: 'نهایی {{mark}}',
    absent: 'غایب',
    field: 'نمرهٔ {{part}} {{name}}',
    absentFor: 'غیبت {{name}} در آزمون {{part}}',
    badMark: 'نمره از ۰ تا ۱۰۰ است.',
    badDay: 'روز آزمون را بنویسید.',
    save: 'ثبت {{count}} نمره',
    saveNone: 'ثبت نمره‌ها',
    saved: '{{count}} نمره ثبت شد.',
    nothing: 'نمره‌ای برای ثبت نوشته نشده است.',
    try: 'نوبت {{number}}',
    empty: 'هنوز کسی در این دوره ثبت‌نام نشده است.',
    mayNot: 'نمره‌ها را واحد سنجش یا کارشناس شهرستان، پس از پایان جلسه‌ها ثبت می‌کند.',
  },
  examPart,
  examStanding,
  examRefusal,
};
