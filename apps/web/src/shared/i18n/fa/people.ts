import type { EnumOf } from '../../api/graphql.js';

const identityCheck: Record<EnumOf<'IdentityCheck'>, string> = {
  NATIONAL_CARD: 'کارت ملی',
  BIRTH_CERTIFICATE: 'شناسنامه',
  PASSPORT: 'گذرنامه',
};

const mobileChangeRefusal: Record<EnumOf<'MobileChangeRefusal'>, string> = {
  SAME_NUMBER: 'این همان شماره‌ای است که ثبت شده است.',
  ALREADY_WAITING: 'شمارهٔ تازهٔ دیگری منتظر است؛ نخست آن جا می‌افتد یا پذیرفته نمی‌شود.',
  NOTHING_WAITS: 'شمارهٔ تازه‌ای منتظر نیست.',
};

const birthDateRefusal: Record<EnumOf<'BirthDateRefusal'>, string> = {
  KNOWN_ALREADY: 'تاریخ تولد این فرد ثبت شده است و کسی آن را عوض نمی‌کند.',
};

const mergeRefusal: Record<EnumOf<'MergeRefusal'>, string> = {
  SAME_ROW: 'هر دو کد ملی به یک پرونده می‌رسند.',
  ALREADY_MERGED: 'یکی از دو پرونده پیش‌تر ادغام شده است.',
  BOTH_IN_ONE_RUN: 'هر دو در یک دوره ثبت‌نام شده‌اند؛ پس دو نفرند یا یکی از ثبت‌نام‌ها نادرست است.',
  ALSO_ELSEWHERE: 'یکی از دو نفر بیرون از حوزهٔ شما هم دوره دارد؛ ادارهٔ بالاتر آن را بخواهد.',
};

const peopleExportRefusal: Record<EnumOf<'PeopleExportRefusal'>, string> = {
  NOBODY: 'دوره‌های این اداره هنوز کارآموزی نداشته‌اند.',
};

export const peopleWords = {
  people: {
    title: 'کارآموزان',
    lead: 'کسی که به اداره آمده است با کد ملی کامل پیدا می‌شود. جست‌وجوی بی‌نتیجه هم ثبت می‌ماند.',
    nationalId: 'کد ملی',
    find: 'یافتن',
    nobody: 'کسی با این کد ملی در دوره‌های حوزهٔ شما نیست.',
    father: 'نام پدر',
    places: 'دوره‌ها',
    signIn: 'راه ورود این فرد',
    signInLead: 'کارآموز و دانش‌آموخته با شمارهٔ همراه، رمز یک‌بارمصرف و تاریخ تولد وارد می‌شود.',
    mobile: 'شمارهٔ همراه',
    birthDate: 'تاریخ تولد',
    tries: 'ورود',
    recorded: 'ثبت شده',
    notRecorded: 'ثبت نشده',
    shut: 'بسته: تاریخ تولد پنج بار نادرست نوشته شد',
    notShut: 'باز',
    identityCheck: 'او را از روی کدام مدرک شناختید؟',
    needCheck: 'مدرک را برگزینید.',
    recordBirthDate: 'ثبت تاریخ تولد',
    recordBirthDateLead: 'بی تاریخ تولد کسی وارد نمی‌شود. از روی مدرک بنویسید؛ پس از ثبت، دیگر عوض نمی‌شود.',
    birthDateHint: 'مانند ۱۳۸۰/۰۱/۰۱',
    needDay: 'تاریخ تولد را بنویسید.',
    birthDateDone: 'تاریخ تولد ثبت شد.',
    open: 'باز کردن ورود',
    openLead: 'پس از آن، تاریخ تولد را دوباره می‌توان نوشت.',
    opened: 'ورود باز شد.',
    change: 'شمارهٔ همراه تازه',
    changeLead:
      'به هر دو شماره پیام می‌رود. شمارهٔ تازه پس از چند روز جای پیشین را می‌گیرد و تا آن روز دارندهٔ شمارهٔ پیشین می‌تواند نپذیرد.',
    newMobile: 'شمارهٔ تازه',
    vouching: 'چرا شماره عوض می‌شود؟',
    vouchingHint: 'گوشی گم شد، شماره واگذار شد …',
    needMobile: 'شمارهٔ تازه را بنویسید.',
    needVouching: 'دلیل را بنویسید؛ دست‌کم پنج حرف.',
    doChange: 'ثبت شمارهٔ تازه',
    waits: 'شمارهٔ تازه از {{day}} به کار می‌آید. تا آن روز شمارهٔ پیشین وارد می‌شود و دارنده‌اش می‌تواند نپذیرد.',
    merge: 'این فرد دو پرونده دارد؟',
    mergeLead:
      'اگر همین فرد با کد ملی نادرستی هم ثبت شده است، آن کد را بنویسید. پس از تأیید همکار دیگر، ثبت‌نام‌های پروندهٔ دیگر به پرونده‌ای می‌رود که می‌ماند.',
    otherId: 'کد ملی پروندهٔ دیگر',
    findOther: 'یافتن پروندهٔ دیگر',
    kept: 'کدام پرونده می‌ماند؟',
    recordLine: '{{name}}، {{count}} دوره',
    askMerge: 'درخواست ادغام',
    askMergeTitle: 'یکی کردن دو پرونده؟',
    askMergeLead: 'پس از تأیید همکار دیگر، پروندهٔ {{name}} می‌ماند و دیگری در آن ادغام می‌شود. این کار برنمی‌گردد.',
    export: 'فهرست کارآموزان یک اداره',
    exportLead:
      'همهٔ کارآموزان دوره‌های یک اداره در یک پروندهٔ اکسل، پس از تأیید همکار دیگر. تنها خود شما آن را باز می‌کنید و نام شما در هر سطر می‌آید.',
    office: 'اداره',
    askExport: 'درخواست فهرست',
    askExportTitle: 'فهرست کارآموزان {{office}}؟',
    askExportLead: 'پس از تأیید همکار دیگر، پرونده ساخته می‌شود و در همین صفحه می‌آید.',
    exportOf: 'فهرست درخواست‌شده در {{day}}',
  },
  identityCheck,
  mobileChangeRefusal,
  birthDateRefusal,
  mergeRefusal,
  peopleExportRefusal,
};
