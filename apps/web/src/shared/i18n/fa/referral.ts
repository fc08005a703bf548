import type { EnumOf } from '../../api/graphql.js';

const seatStage: Record<EnumOf<'SeatStage'>, string> = {
  TAKEN_BACK: 'پس‌گرفته',
  REFERRED: 'معرفی‌شده',
  ENROLLED: 'سر کلاس',
  LEFT: 'کلاس را رها کرده',
  EXAMINED: 'آزمون داده',
  CERTIFIED: 'گواهینامه گرفته',
};

const familyTie: Record<EnumOf<'FamilyTie'>, string> = {
  SPOUSE: 'همسر',
  CHILD: 'فرزند',
  PARENT: 'پدر یا مادر',
  SIBLING: 'خواهر یا برادر',
  RELEASED: 'خود مددجو',
  OTHER: 'نسبت دیگر',
};

const referralRefusal: Record<EnumOf<'ReferralRefusal'>, string> = {
  ALREADY_REFERRED: 'این شخص پیش‌تر در این شعبه ثبت شده است. او را در فهرست بیابید.',
};

const sponsorshipRefusal: Record<EnumOf<'SponsorshipRefusal'>, string> = {
  RUN_OVER: 'این دوره پایان یافته یا لغو شده است. دورهٔ دیگری برگزینید.',
  ALREADY_GIVEN: 'برای این دوره پیش‌تر کدی داده شده است. اگر گم شده، نخست آن را پس بگیرید.',
  TOKEN_USED: 'این کد به کار رفته است و دیگر پس گرفته نمی‌شود.',
};

const seatRefusal: Record<EnumOf<'SeatRefusal'>, string> = {
  RUN_OVER: 'این دوره پایان یافته یا لغو شده است.',
  NOT_ENROLLED: 'این شخص دیگر در این دوره ثبت‌نام نیست.',
  ALREADY_SETTLED: 'این ثبت‌نام پیش‌تر تسویه شده است.',
  TOKEN_UNKNOWN: 'این کد برای این دوره شناخته نیست، یا پیش‌تر به کار رفته است. آن را دوباره از روی برگه بخوانید.',
};

export const referralWords = {
  seatStage,
  familyTie,
  referralRefusal,
  sponsorshipRefusal,
  seatRefusal,
  referrals: {
    title: 'معرفی‌ها',
    one: 'یک معرفی',
    lead: 'کسانی که این شعبه برای آموزش معرفی کرده است. این فهرست را تنها کارکنان همین شعبه می‌بینند و هر بار دیدن آن در دفتر رویدادهای شعبه می‌ماند.',
    new: 'معرفی تازه',
    emptyTitle: 'هنوز کسی معرفی نشده است',
    empty: 'با «معرفی تازه» نخستین نفر را ثبت کنید.',
    more: 'معرفی‌های بیشتر',
    person: 'نام',
    referredOn: 'تاریخ معرفی',
    course: 'دوره',
    noSeat: 'هنوز دوره‌ای ندارد',
    stage: 'گام',
    nationalId: 'کد ملی',
    givenName: 'نام',
    familyName: 'نام خانوادگی',
    familyFile: 'شمارهٔ پروندهٔ خانوار',
    familyTie: 'نسبت',
    eligibilityReason: 'دلیل معرفی',
    reasonHint: 'کوتاه بنویسید؛ هیچ‌کس بیرون از شعبه آن را نمی‌بیند.',
    needed: 'این خانه را پر کنید.',
    save: 'ثبت معرفی',
    staysHere:
      'آنچه این‌جا می‌نویسید نزد شعبه می‌ماند: آموزشگاه، مربی و اداره نه نام انجمن را می‌بینند، نه دلیل را، و نه این‌که کسی معرفی شده است.',
    onlyHere: 'این مشخصات را تنها کارکنان این شعبه می‌بینند.',
    seats: 'دوره‌های این شخص',
    noSeatYet: 'هنوز جایی به او داده نشده است.',
    present: 'حضور در کلاس',
    code: 'کد',
    used: 'به کار رفته',
    takeBack: 'پس گرفتن کد',
    giveSeat: 'دادن جا در یک دوره',
    search: 'جست‌وجوی دوره یا آموزشگاه',
    noRuns: 'اکنون دوره‌ای با جای خالی نیست.',
    closes: 'پایان ثبت‌نام',
    free: 'جای خالی',
    give: 'گرفتن کد',
    given: 'کد داده شده',
    codeGiven: 'این کد را به او بدهید. فقط همین یک بار نشان داده می‌شود و تا پایان دوره یک بار پذیرفته می‌شود:',
    whatTheySee:
      'آموزشگاه پس از گرفتن کد فقط می‌بیند: «تسویه‌شده»؛ همان واژه‌ای که برای هر کس دیگری هم می‌آید. کد جا را نگه نمی‌دارد؛ زودتر ثبت‌نام کند.',
  },
  settle: {
    word: 'تسویه',
    settled: 'تسویه‌شده',
    notYet: 'تسویه‌نشده',
    title: 'تسویهٔ ثبت‌نام',
    lead: 'هر کارآموز کدی دارد که با آن ثبت‌نامش تسویه می‌شود. کد را از روی برگهٔ او بنویسید.',
    trainee: 'کارآموز',
    code: 'کد تسویه',
    do: 'ثبت تسویه',
    done: 'تسویه ثبت شد.',
    give: 'کد تسویه برای یک نفر',
    given: 'این کد را به کسی بدهید که پرداخت کرده است؛ فقط همین یک بار نشان داده می‌شود:',
  },
};
