import type { EnumOf } from '../../api/graphql.js';

const certificateDesign: Record<EnumOf<'CertificateDesign'>, string> = {
  NAQSH: 'نقش گلیم',
  SOBER: 'ساده',
};

const printMode: Record<EnumOf<'PrintMode'>, string> = {
  FULL: 'همهٔ برگ، رنگی',
  DATA: 'تنها نوشته‌ها، روی فرم آماده',
  GREY: 'همهٔ برگ، سیاه و سفید',
};

const certificateFormState: Record<EnumOf<'CertificateTemplateState'>, string> = {
  DRAFT: 'پیش‌نویس',
  PUBLISHED: 'منتشرشده',
};

const certificateFormRefusal: Record<EnumOf<'CertificateTemplateRefusal'>, string> = {
  UNKNOWN_SLOT: 'متن جای چیزی را دارد که گواهینامه ندارد.',
  TEXT_DOES_NOT_FIT: 'متن با بلندترین نام‌ها روی برگ جا نمی‌شود. آن را کوتاه‌تر کنید.',
  MISSING_GLYPH: 'متن نویسه‌ای دارد که قلم گواهینامه آن را نمی‌نویسد.',
  UNUSABLE_PICTURE: 'این تصویر خوانده نمی‌شود. تصویر دیگری بدهید.',
  ALREADY_PUBLISHED: 'این فرم پیش‌تر منتشر شده است.',
};

export const certificateFormWords = {
  forms: {
    title: 'فرم گواهینامه',
    lead: 'نمای گواهینامه‌ها و متن آن‌ها. هر نسخه پس از انتشار ثابت می‌ماند و گواهینامه‌های صادرشده همیشه با فرم خود ساخته می‌شوند.',
    emptyTitle: 'هنوز فرمی نوشته نشده است',
    empty: 'تا آن زمان گواهینامه‌ها با فرم خود سامانه صادر می‌شوند.',
    name: 'فرم',
    version: '{{title}}، نسخهٔ {{version}}',
    scope: 'برای',
    country: 'همهٔ کشور',
    province: 'استان شما',
    design: 'نقش',
    printMode: 'چاپ',
    state: 'وضعیت',
    inForce: 'در حال استفاده',
    preview: 'پیش‌نمایش',
    previewOf: 'پیش‌نمایش {{name}}',
    publish: 'انتشار',
    publishNamed: 'انتشار {{name}}',
    publishTitle: 'انتشار {{name}}؟',
    publishLead: 'پس از تأیید همکار دیگر، گواهینامه‌ها با این فرم صادر می‌شوند. آنچه پیش‌تر صادر شده، تغییر نمی‌کند.',
    draft: 'نوشتن نسخهٔ تازه',
    from: 'نوشتن از روی',
    fromNothing: 'از نو',
    fromVersion: '{{title}}، نسخهٔ {{version}}، {{scope}}',
    show: 'نمایش',
    hide: 'بستن نمایش',
    showNamed: 'نمایش {{name}}',
    emblemKept: 'نشان همان نسخه می‌ماند.',
    noEmblem: 'بی نشان',
    doDraft: 'ساخت پیش‌نویس و پیش‌نمایش',
    drafted: 'پیش‌نویس نسخهٔ {{version}} ساخته شد. پیش‌نمایش آن بلندترین نام‌ها را دارد؛ پس از دیدن آن را منتشر کنید.',
    paperTitle: 'عنوان برگ',
    paperTitleHint: 'مانند «گواهینامهٔ مهارت»',
    needTitle: 'عنوان را بنویسید.',
    sentence: 'متن فارسی',
    english: 'متن انگلیسی',
    sentenceHint: 'خالی بماند، متن خود سامانه می‌آید.',
    slots: 'جای مقدارها',
    emblem: 'نشان صادرکننده',
    emblemHint: 'تصویر با پس‌زمینهٔ روشن؛ بی آن، ستارهٔ سامانه می‌آید.',
    badOffset: 'از ۲۰- تا ۲۰ میلی‌متر، با یک رقم اعشار بنویسید.',
  },
  certificateDesign,
  printMode,
  certificateFormState,
  certificateFormRefusal,
  certificateSlot: {
    father: 'نام پدر',
    nationalId: 'کد ملی',
    standardFa: 'استاندارد',
    time: 'مدت',
    startedOn: 'آغاز',
    endedOn: 'پایان',
    institute: 'آموزشگاه',
    examOnLong: 'روز آزمون',
    final: 'نمرهٔ نهایی',
    grade: 'درجه',
    enId: 'کد ملی',
    enSubject: 'استاندارد',
    enTime: 'مدت',
    enFrom: 'آغاز',
    enTo: 'پایان',
    enExam: 'روز آزمون',
    enFinal: 'نمرهٔ نهایی',
  },
};
