import type { EnumOf } from '../../api/graphql.js';

const classListState: Record<EnumOf<'ClassListImportState'>, string> = {
  READING: 'در حال خواندن فایل',
  READ: 'بررسی شد؛ هنوز کسی ثبت‌نام نشده',
  ENROLLING: 'در حال ثبت‌نام',
  ENROLLED: 'ثبت‌نام انجام شد',
  REFUSED: 'فایل پذیرفته نشد',
};

const classListRefusal: Record<EnumOf<'ClassListRefusal'>, string> = {
  NOT_READ: 'فایل هنوز خوانده نشده یا پذیرفته نشده است.',
  RUN_CLOSED: 'این دوره دیگر ثبت‌نام نمی‌پذیرد.',
};

export const classListWords = {
  classList: {
    title: 'ورود فهرست کلاس',
    lead: 'پروندهٔ اکسل یا CSV فهرست را همان‌گونه که دارید بدهید. نخست بررسی می‌شود و هر سطر گزارش می‌گیرد؛ تا شما نگویید کسی ثبت‌نام نمی‌شود.',
    choose: 'انتخاب فایل',
    another: 'فایل دیگر',
    limit: 'تا ۲۰ مگابایت؛ xlsx، xls یا csv',
    tooLarge: 'این فایل از ۲۰ مگابایت بزرگ‌تر است. برگه‌های دیگر آن را پاک کنید و دوباره بفرستید.',
    sending: 'در حال فرستادن «{{name}}»…',
    whichSheet: 'این فایل چند برگه دارد. فهرست در کدام است؟',
    rows: '{{count}} سطر',
    clean: 'درست',
    repaired: 'اصلاح‌شده',
    refused: 'ردشده',
    everyRow: 'همه',
    show: 'سطرهایی که نشان داده می‌شوند',
    row: 'سطر',
    name: 'نام',
    outcome: 'نتیجه',
    note: 'توضیح',
    nameless: 'بی‌نام',
    known: 'این فرد پیش‌تر در سامانه بوده است؛ نام و مشخصات پیشین می‌ماند.',
    noRows: 'سطری از این گونه نیست.',
    enrol: 'ثبت‌نام {{count}} نفر',
    enrolNote: '{{refused}} سطر ردشده کنار می‌ماند.',
    enrolled: '{{count}} نفر ثبت‌نام شدند.',
    toTrainees: 'دیدن کارآموزان',
    mayNot: 'فهرست کلاس را مدیر آموزشگاه وارد می‌کند.',
  },
  classListState,
  classListRefusal,
};
