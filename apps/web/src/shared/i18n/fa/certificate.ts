import type { EnumOf } from '../../api/graphql.js';

const certificateShortfall: Record<EnumOf<'CertificateShortfall'>, string> = {
  LEFT_RUN: 'از دوره رفته است',
  ATTENDANCE_NOT_ENTERED: 'حضور همهٔ جلسه‌ها ثبت نشده',
  UNEXCUSED_OVER_LIMIT: 'غیبت غیرموجه بیش از حد مجاز',
  ABSENCE_OVER_LIMIT: 'غیبت بیش از حد مجاز',
  WRITTEN_MISSING: 'نمرهٔ کتبی ثبت نشده',
  WRITTEN_FAILED: 'مردود در آزمون کتبی',
  PRACTICAL_MISSING: 'نمرهٔ عملی ثبت نشده',
  PRACTICAL_FAILED: 'مردود در آزمون عملی',
  FINAL_BELOW_PASS: 'نمرهٔ نهایی کمتر از حد نصاب',
};

const certificateRefusal: Record<EnumOf<'CertificatesRefusal'>, string> = {
  NOBODY_QUALIFIES: 'هنوز هیچ کارآموزی شرایط گواهینامه را ندارد.',
  RUN_NOT_FINISHED: 'گواهینامه پس از پایان دوره صادر می‌شود.',
};

const revocationRefusal: Record<EnumOf<'RevocationRefusal'>, string> = {
  NOT_VALID: 'این گواهینامه دیگر معتبر نیست.',
};

const duplicateReason: Record<EnumOf<'DuplicateReason'>, string> = {
  LOST: 'گم شده',
  DAMAGED: 'آسیب دیده',
  STOLEN: 'دزدیده شده',
};

const duplicateRefusal: Record<EnumOf<'DuplicateRefusal'>, string> = {
  NOT_VALID: 'این گواهینامه دیگر معتبر نیست و المثنی ندارد.',
  TOO_MANY: 'برای این گواهینامه تا ده چاپ داده شده است و دیگر نمی‌شود.',
};

export const certificateWords = {
  certificates: {
    title: 'گواهینامه‌ها',
    ready: '{{count}} نفر آمادهٔ گواهینامه',
    notReady: '{{count}} نفر شرایط ندارند',
    issued: '{{count}} گواهینامه صادر شده',
    issue: 'صدور {{count}} گواهینامه',
    confirmTitle: 'صدور {{count}} گواهینامه؟',
    confirm: 'شمارهٔ سریال گرفته می‌شود و گواهینامه پس از صدور تنها با دلیل باطل می‌شود.',
    leftOut: '{{people}} نفری که شرایط ندارند، کنار می‌مانند.',
    progress: 'پیشرفت صدور',
    leaveSafe: 'می‌توانید از این صفحه بروید؛ کار ادامه دارد.',
    done: '{{count}} گواهینامه صادر شد.',
    notDrawn: 'پروندهٔ {{count}} گواهینامه ساخته نشد.',
    batchFailed: 'صدور انجام نشد و هیچ گواهینامه‌ای ثبت نشد. دوباره بکوشید.',
    name: 'نام',
    state: 'وضعیت',
    serial: 'سریال',
    qualifies: 'شرایط دارد',
    hasCertificate: 'صادر شده',
    paper: 'گواهینامهٔ {{name}}',
    empty: 'هنوز کسی در این دوره ثبت‌نام نشده است.',
    knots: '{{done}} گواهینامه از {{total}} صادر شده',
    revoke: 'درخواست ابطال',
    revokeNamed: 'درخواست ابطال گواهینامهٔ {{name}}',
    revokeTitle: 'ابطال گواهینامهٔ {{name}}؟',
    revokeLead: 'پس از تأیید همکار دیگر، این گواهینامه برای همیشه باطل می‌شود و هر کس آن را بپرسد، همین را می‌بیند.',
    mayNot: 'گواهینامه را کارشناس اداره صادر می‌کند.',
  },
  certificateShortfall,
  certificateRefusal,
  revocationRefusal,
  duplicates: {
    issue: 'المثنی',
    issueFor: 'المثنی برای {{name}}',
    title: 'المثنی برای {{name}}؟',
    lead: 'همان سریال با شمارهٔ چاپ تازه داده می‌شود و برگ روی آن ساخته می‌شود. این کار ثبت می‌ماند و برنمی‌گردد.',
    reason: 'دلیل',
    issued: 'المثنی با شمارهٔ چاپ {{print}} ثبت شد.',
    list: 'المثنی‌های داده‌شده',
    print: 'شمارهٔ چاپ',
    issuedOn: 'تاریخ',
    cover: 'برگ روی المثنی',
    coverOf: 'برگ روی المثنی، چاپ {{print}}، {{name}}',
  },
  duplicateReason,
  duplicateRefusal,
};
