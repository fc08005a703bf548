import type { EnumOf } from '../../api/graphql.js';

const documentState: Record<EnumOf<'DocumentState'>, string> = {
  WAITING: 'در نوبت',
  DRAWING: 'در حال ساخت',
  READY: 'آماده',
  FAILED: 'ساخته نشد',
  CANCELLED: 'لغو شد',
  ERASED: 'پس از مهلت نگهداری پاک شد',
};

const paperKind: Record<EnumOf<'PaperKind'>, string> = {
  ATTENDANCE_SHEET: 'برگ حضور و غیاب (برای پر کردن با دست)',
  ATTENDANCE_REPORT: 'گزارش حضور و غیاب',
  CLASS_LIST: 'فهرست کلاس',
  EXAM_LIST: 'فهرست داوطلبان آزمون',
  EXAM_CARDS: 'کارت‌های آزمون',
  COMPLETION_NOTICES: 'گواهی‌های پایان دوره و معرفی به آزمون',
  LETTER_OF_THANKS: 'سپاس‌نامه',
  LETTER_OF_REFUSAL: 'پاسخ منفی به درخواست، با دلیل',
  LABELS: 'برچسب پرونده‌ها',
};

const paperRefusal: Record<EnumOf<'PaperRefusal'>, string> = {
  NOT_IN_THIS_STATE: 'این کاغذ در وضعیت کنونی دوره ساخته نمی‌شود.',
  DETAILS_MISSING: 'چیزی از جزئیات این کاغذ گفته نشده است. فرم را کامل کنید.',
  NO_SESSION_IN_MONTH: 'این دوره در این ماه جلسه‌ای ندارد. ماه دیگری برگزینید.',
  EXAM_BEFORE_COURSE_ENDS: 'روز آزمون پیش از آخرین جلسهٔ دوره است. روز دیرتری بنویسید.',
  LABELS_OFF_PAGE: 'برچسب‌ها روی برگ جا نمی‌شوند یا شمارهٔ شروع از آخرین برچسب گذشته است.',
  NOBODY_TO_NAME: 'کسی نیست که نامش روی این کاغذ بیاید: غیبت‌ها، ثبت همهٔ جلسه‌ها و نوبت‌های آزمون را ببینید.',
  ONLY_ON_PAPER: 'این کاغذ فقط برای چاپ است. PDF را برگزینید.',
};

const paperFormat: Record<EnumOf<'PaperFormat'>, string> = {
  PDF: 'PDF برای چاپ',
  XLSX: 'پروندهٔ اکسل',
  CSV: 'پروندهٔ CSV',
};

const letterAddressee: Record<EnumOf<'LetterAddressee'>, string> = {
  INSTITUTE: 'مدیر آموزشگاه',
  TRAINER: 'مربی',
};

export const paperWords = {
  document: {
    pdf: 'پروندهٔ PDF',
    xlsx: 'پروندهٔ اکسل',
    csv: 'پروندهٔ CSV',
    cancel: 'لغو',
    cancelNamed: 'لغو ساخت {{name}}',
    download: 'دریافت',
    shownNamed: '{{name}}، در همین صفحه',
    downloadNamed: 'دریافت {{name}}',
    progress: 'پیشرفت {{name}}',
  },
  documentState,
  papers: {
    title: 'کاغذهای دوره',
    lead: 'کاغذ را برگزینید تا ساخته شود. می‌توانید از این صفحه بروید؛ کار ادامه دارد.',
    none: 'در وضعیت کنونی دوره کاغذی برای شما نیست.',
    empty: 'هنوز کاغذی ساخته نشده است.',
    kind: 'کاغذ',
    month: 'ماه',
    wholeCourse: 'همهٔ دوره',
    examTime: 'ساعت آغاز',
    place: 'محل آزمون',
    addressee: 'گیرندهٔ نامه',
    number: 'شمارهٔ نامه (دلخواه)',
    numberHint: 'خالی بماند، جای آن برای نوشتن با دست باز است.',
    request: 'موضوع درخواست',
    reason: 'دلیل',
    sheet: 'برگ برچسب',
    labelSheet: '{{columns}} × {{rows}} برچسب، هر یک {{width}} × {{height}} میلی‌متر',
    start: 'شروع از برچسب شمارهٔ',
    startHint: 'برای برگی که بخشی از آن مصرف شده است؛ شمارش از بالا و راست.',
    format: 'گونهٔ پرونده',
    colours: 'رنگ',
    colour: 'رنگی',
    grey: 'سیاه و سفید',
    order: 'ساخت کاغذ',
    incomplete: 'فرم را کامل کنید.',
  },
  paperKind,
  paperRefusal,
  paperFormat,
  letterAddressee,
};
