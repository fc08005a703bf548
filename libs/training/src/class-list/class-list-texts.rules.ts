/** What a class list says of a person. The values are the names of the properties. */
export enum ClassListField {
  NATIONAL_ID = 'nationalId',
  GIVEN_NAME = 'givenName',
  FAMILY_NAME = 'familyName',
  FATHER_NAME = 'fatherName',
  BIRTH_DAY = 'birthDay',
  MOBILE = 'mobile',
  /** A column that is not taken over. */
  OTHER = 'other',
}

/** Why a row of a class list is refused. */
export enum ClassListFault {
  MISSING_ID = 'MISSING_ID',
  NOT_DIGITS = 'NOT_DIGITS',
  /** A spreadsheet wrote a long number as 9.1E+09: its last digits are gone. */
  DIGITS_LOST = 'DIGITS_LOST',
  WRONG_LENGTH = 'WRONG_LENGTH',
  SAME_DIGITS = 'SAME_DIGITS',
  BAD_CHECK_DIGIT = 'BAD_CHECK_DIGIT',
  DUPLICATE_IN_FILE = 'DUPLICATE_IN_FILE',
  MISSING_NAME = 'MISSING_NAME',
  BAD_NAME = 'BAD_NAME',
  /** A mark that turns the order of letters: two different names would look the same. */
  BIDI_MARK = 'BIDI_MARK',
  UNREADABLE_DATE = 'UNREADABLE_DATE',
  IMPOSSIBLE_DATE = 'IMPOSSIBLE_DATE',
  BAD_MOBILE = 'BAD_MOBILE',
}

/** What was put right in a value before it was taken. */
export enum ClassListRepair {
  DIGITS = 'DIGITS',
  LEADING_ZERO_RESTORED = 'LEADING_ZERO_RESTORED',
  MOBILE_FORM = 'MOBILE_FORM',
  ARABIC_LETTERS = 'ARABIC_LETTERS',
  INVISIBLE_MARKS = 'INVISIBLE_MARKS',
  SPACES = 'SPACES',
  TWO_DIGIT_YEAR = 'TWO_DIGIT_YEAR',
  EXCEL_DATE = 'EXCEL_DATE',
  GREGORIAN_DATE = 'GREGORIAN_DATE',
  FORMULA_AS_TEXT = 'FORMULA_AS_TEXT',
}

/** A sentence in both languages: Persian, English. */
export type Both = [fa: string, en: string];

export const fieldTitles: Record<ClassListField, Both> = {
  nationalId: ['کد ملی', 'national ID'],
  givenName: ['نام', 'given name'],
  familyName: ['نام خانوادگی', 'family name'],
  fatherName: ['نام پدر', 'father’s name'],
  birthDay: ['تاریخ تولد', 'birth date'],
  mobile: ['تلفن همراه', 'mobile'],
  other: ['ستون دیگر', 'another column'],
};

type Sentence = (field: Both) => Both;

/** The reason and its mend. */
export const faultTexts: Record<ClassListFault, Sentence> = {
  MISSING_ID: () => [
    'کد ملی نوشته نشده است. آن را در فهرست بنویسید.',
    'The national ID is missing. Write it into the list.',
  ],
  NOT_DIGITS: ([fa, en]) => [
    `در «${fa}» جز رقم هم نوشته شده است. فقط رقم‌ها را بنویسید.`,
    `The ${en} has something other than digits in it. Write the digits only.`,
  ],
  DIGITS_LOST: ([fa, en]) => [
    `اکسل «${fa}» را کوتاه کرده و رقم‌های پایانی آن از دست رفته است. قالب ستون را «متن» کنید و شماره را دوباره بنویسید.`,
    `The spreadsheet has shortened the ${en} and its last digits are lost. Format the column as text and type the number again.`,
  ],
  WRONG_LENGTH: () => [
    'کد ملی باید ده رقم باشد. آن را با کارت ملی مقایسه و درست کنید.',
    'A national ID has ten digits. Compare it with the card and correct it.',
  ],
  SAME_DIGITS: () => [
    'کد ملی با ده رقم یکسان پذیرفته نیست. کد ملی خود شخص را بنویسید.',
    'Ten equal digits are no national ID. Write the person’s own.',
  ],
  BAD_CHECK_DIGIT: () => [
    'این کد ملی درست نیست: رقم آخر با رقم‌های دیگر نمی‌خواند. آن را با کارت ملی مقایسه و درست کنید.',
    'The national ID is wrong: its last digit does not fit the others. Compare it with the card and correct it.',
  ],
  DUPLICATE_IN_FILE: () => [
    'این کد ملی در ردیف دیگری از همین فهرست هم آمده است. ردیف تکراری را پاک یا کد ملی را درست کنید.',
    'Another row of this list has the same national ID. Remove one of the two or correct the ID.',
  ],
  MISSING_NAME: ([fa, en]) => [
    `«${fa}» نوشته نشده است. آن را در فهرست بنویسید.`,
    `The ${en} is missing. Write it into the list.`,
  ],
  BAD_NAME: ([fa, en]) => [
    `در «${fa}» رقم یا نشانه‌ای هست که در نام نمی‌آید، یا بیش از اندازه بلند است. آن را مانند کارت ملی بنویسید.`,
    `The ${en} has digits or signs that do not belong in a name, or is too long. Write it as on the card.`,
  ],
  BIDI_MARK: ([fa, en]) => [
    `در «${fa}» نشانه‌ای نادیدنی هست که ترتیب حروف را وارونه نشان می‌دهد. خانه را پاک کنید و نام را دوباره بنویسید.`,
    `The ${en} holds an unseen mark that turns the order of its letters. Clear the cell and type the name again.`,
  ],
  UNREADABLE_DATE: ([fa, en]) => [
    `«${fa}» خوانده نشد. آن را مانند ۱۳۷۲/۱۰/۲۳ با سال چهاررقمی بنویسید.`,
    `The ${en} could not be read. Write it like 1372/10/23, with all four digits of the year.`,
  ],
  IMPOSSIBLE_DATE: ([fa, en]) => [
    `چنین روزی برای «${fa}» ممکن نیست. آن را با شناسنامه مقایسه و درست کنید.`,
    `There is no such day for a ${en}. Compare it with the identity booklet and correct it.`,
  ],
  BAD_MOBILE: () => [
    'این شمارهٔ تلفن همراه نیست. آن را مانند ۰۹۱۲۳۴۵۶۷۸۹ بنویسید یا خانه را خالی بگذارید.',
    'This is not a mobile number. Write it like 09123456789 or leave the cell empty.',
  ],
};

export const repairTexts: Record<ClassListRepair, Sentence> = {
  DIGITS: ([fa, en]) => [`رقم‌های «${fa}» یک‌دست شد.`, `The digits of the ${en} were made uniform.`],
  LEADING_ZERO_RESTORED: ([fa, en]) => [
    `صفر آغاز «${fa}» که در صفحه‌گسترده افتاده بود بازگردانده شد.`,
    `The zeros in front of the ${en}, lost in the spreadsheet, were put back.`,
  ],
  MOBILE_FORM: ([fa, en]) => [`«${fa}» به شکل ۰۹… نوشته شد.`, `The ${en} was written in the form 09….`],
  ARABIC_LETTERS: ([fa, en]) => [
    `حروف عربی «${fa}» به حروف فارسی برگردانده شد.`,
    `Arabic letters of the ${en} were turned into Persian ones.`,
  ],
  INVISIBLE_MARKS: ([fa, en]) => [
    `نشانه‌های نادیدنی از «${fa}» برداشته شد.`,
    `Unseen marks were taken out of the ${en}.`,
  ],
  SPACES: ([fa, en]) => [
    `فاصله‌ها و خط‌های اضافی «${fa}» برداشته شد.`,
    `Needless spaces and dashes were taken out of the ${en}.`,
  ],
  TWO_DIGIT_YEAR: ([fa, en]) => [`سال دورقمی «${fa}» کامل شد.`, `The two-digit year of the ${en} was completed.`],
  EXCEL_DATE: ([fa, en]) => [`«${fa}» از تاریخ صفحه‌گسترده خوانده شد.`, `The ${en} was read from a spreadsheet date.`],
  GREGORIAN_DATE: ([fa, en]) => [`«${fa}» از تاریخ میلادی خوانده شد.`, `The ${en} was read from a Gregorian date.`],
  FORMULA_AS_TEXT: ([fa, en]) => [
    `در «${fa}» فرمول بود؛ فقط متن آن خوانده شد.`,
    `There was a formula in ${en}; only its text was read.`,
  ],
};
