const controls = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const leftToRight = '\u2066';
const rightToLeft = '\u2067';
const end = '\u2069';

/** True when the text carries a mark that can turn the order in which it is shown. */
export function hasBidiControl(text: string): boolean {
  return text.search(controls) >= 0;
}

/**
 * Wraps a code, serial, phone number, e-mail address, ISO date or negative number, so that it keeps its order inside
 * a Persian sentence. The isolates draw nothing. Marks inside the text are dropped: they could end the isolate early.
 */
export function ltrIsolate(text: string): string {
  return leftToRight + text.replace(controls, '') + end;
}

/** The same for a value that holds Persian letters, such as a letter number «۱۴۰۴/الف/۱۲۳». */
export function rtlIsolate(text: string): string {
  return rightToLeft + text.replace(controls, '') + end;
}
