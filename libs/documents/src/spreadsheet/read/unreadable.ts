import { LIMITS } from './limits.js';

/** Why a file could not be read as a spreadsheet. */
export enum SpreadsheetFault {
  EMPTY = 'EMPTY',
  TOO_LARGE = 'TOO_LARGE',
  ZIP_BOMB = 'ZIP_BOMB',
  PASSWORD_PROTECTED = 'PASSWORD_PROTECTED',
  DAMAGED = 'DAMAGED',
  UNKNOWN_KIND = 'UNKNOWN_KIND',
  TOO_MANY_ROWS = 'TOO_MANY_ROWS',
  TOO_MANY_COLUMNS = 'TOO_MANY_COLUMNS',
  TOO_SLOW = 'TOO_SLOW',
  NO_SUCH_SHEET = 'NO_SUCH_SHEET',
}

const persian = new Intl.NumberFormat('fa');
const english = new Intl.NumberFormat('en');
const mebibytes = LIMITS.fileBytes / 1024 / 1024;

/** What happened and how to mend it: Persian, English. */
const texts: Record<SpreadsheetFault, [string, string]> = {
  EMPTY: [
    'این پرونده خالی است. پرونده‌ای را بفرستید که فهرست در آن نوشته شده باشد.',
    'The file is empty. Send the file that has the list in it.',
  ],
  TOO_LARGE: [
    `این پرونده بیش از اندازه بزرگ است. بیشترین اندازه ${persian.format(mebibytes)} مگابایت است؛ تصویرها و برگه‌های دیگر را پاک کنید و دوباره بفرستید.`,
    `The file is too large. At most ${english.format(mebibytes)} MiB can be read: remove pictures and other sheets, then send it again.`,
  ],
  ZIP_BOMB: [
    'این پرونده پس از باز شدن بیش از اندازه بزرگ می‌شود و باز نشد. فهرست را در یک پروندهٔ تازهٔ اکسل کپی و آن را ذخیره کنید و بفرستید.',
    'The file grows far too large when unpacked and was not opened. Copy the list into a new Excel workbook, save it and send that.',
  ],
  PASSWORD_PROTECTED: [
    'این پرونده رمز دارد. آن را در اکسل باز کنید، رمز را بردارید، ذخیره کنید و دوباره بفرستید.',
    'The file has a password. Open it in Excel, remove the password, save it and send it again.',
  ],
  DAMAGED: [
    'این پرونده آسیب دیده است و خوانده نشد. آن را در اکسل باز کنید، با قالب xlsx دوباره ذخیره کنید و بفرستید.',
    'The file is damaged and could not be read. Open it in Excel, save it again as xlsx and send that.',
  ],
  UNKNOWN_KIND: [
    'این پرونده فهرست اکسل یا CSV نیست. فهرست را با قالب xlsx، xls یا CSV ذخیره کنید و بفرستید.',
    'The file is neither an Excel list nor a CSV. Save the list as xlsx, xls or CSV and send that.',
  ],
  TOO_MANY_ROWS: [
    `این برگه بیش از ${persian.format(LIMITS.rows)} ردیف دارد. فهرست همین دوره را در پرونده‌ای جدا ذخیره کنید و بفرستید.`,
    `The sheet has more than ${english.format(LIMITS.rows)} rows. Save the list of this course run in a file of its own and send that.`,
  ],
  TOO_MANY_COLUMNS: [
    `این برگه بیش از ${persian.format(LIMITS.columns)} ستون دارد. ستون‌هایی را که از فهرست نیست پاک کنید و دوباره بفرستید.`,
    `The sheet has more than ${english.format(LIMITS.columns)} columns. Remove the columns that are not of the list and send it again.`,
  ],
  TOO_SLOW: [
    `خواندن این پرونده بیش از ${persian.format(LIMITS.seconds)} ثانیه طول کشید و رها شد. فهرست را در یک پروندهٔ تازه کپی کنید و بفرستید.`,
    `Reading the file took more than ${english.format(LIMITS.seconds)} seconds and was given up. Copy the list into a new file and send that.`,
  ],
  NO_SUCH_SHEET: [
    'برگه‌ای با این نام در پرونده نیست. یکی از برگه‌های پرونده را برگزینید.',
    'The file has no sheet of this name. Choose one of its sheets.',
  ],
};

/** The file cannot be read; nothing of it was used. Both messages name the mend. */
export class UnreadableSpreadsheet extends Error {
  readonly messageFa: string;
  readonly messageEn: string;

  constructor(
    readonly reason: SpreadsheetFault,
    options?: ErrorOptions,
  ) {
    const [messageFa, messageEn] = texts[reason];
    super(messageEn, options);
    this.name = 'UnreadableSpreadsheet';
    this.messageFa = messageFa;
    this.messageEn = messageEn;
  }
}
