import type { EnumOf } from '../../api/graphql.js';

const attendanceStatus: Record<EnumOf<'AttendanceStatus'>, string> = {
  PRESENT: 'حاضر',
  LATE: 'تأخیر',
  LEFT_EARLY: 'تعجیل',
  EXCUSED: 'موجه',
  UNEXCUSED: 'غایب',
};

const attendanceRefusal: Record<EnumOf<'AttendanceRefusal'>, string> = {
  RUN_NOT_MARKED: 'دوره پایان یافته یا لغو شده است و حضور آن دیگر تغییر نمی‌کند.',
  SESSION_CANCELLED: 'این جلسه لغو شده است.',
  BEFORE_SESSION: 'این جلسه هنوز نرسیده است. حضور را در روز جلسه ثبت کنید.',
  NOT_ENROLLED: 'یکی از کارآموزان این برگ دیگر در دوره نیست. صفحه را تازه کنید.',
  WRONG_MINUTES: 'دقیقه‌های تأخیر یا تعجیل باید از طول جلسه کمتر باشد.',
};

export const attendanceWords = {
  attendanceStatus,
  attendanceRefusal,
  sheet: {
    session: 'جلسهٔ {{ordinal}}',
    defaultNote: 'پیش‌فرض: حاضر؛ هنوز ثبت نشده.',
    touchAbsent: 'غایب‌ها را بزنید.',
    savedNote: 'این برگ ثبت شده است.',
    someNote: '{{count}} نفر هنوز ثبت نشده‌اند.',
    changedNote: '{{count}} تغییر ثبت‌نشده',
    reset: 'از نو',
    reason: 'دلیل تغییر (دلخواه)',
    leave: 'حضور این جلسه هنوز ذخیره نشده است. بی‌ذخیره می‌روید؟',
    list: 'کارآموزان این جلسه',
    more: 'وضعیت دیگر برای {{name}}',
    row: '{{name}}، {{status}}',
    notEntered: 'ثبت‌نشده',
    lateBy: 'تأخیر {{minutes}} دقیقه',
    leftBy: 'تعجیل {{minutes}} دقیقه',
    minutesLate: '{{minutes}} دقیقه تأخیر',
    minutesLeft: '{{minutes}} دقیقه زودتر رفته',
    save: 'ذخیرهٔ حضور {{count}} نفر',
    saving: 'در حال ذخیره…',
    saved: 'حضور {{count}} نفر ثبت شد.',
    nothing: 'تغییری برای ذخیره نیست.',
    empty: 'هنوز کسی در این دوره ثبت‌نام نشده است.',
    mayNot: 'حضور را مربی این دوره ثبت می‌کند.',
    summary: '{{present}} حاضر، {{late}} تأخیر یا تعجیل، {{excused}} موجه، {{unexcused}} غایب',
  },
  report: {
    title: 'گزارش حضور و غیاب',
    lead: 'گزارش همهٔ جلسه‌ها به PDF و اکسل و CSV ساخته می‌شود. می‌توانید از این صفحه بروید؛ کار ادامه دارد.',
    request: 'ساخت گزارش',
    again: 'ساخت دوبارهٔ گزارش',
    empty: 'هنوز گزارشی ساخته نشده است.',
    mayNot: 'گزارش را کارشناس اداره می‌سازد.',
  },
};
