import { toAsciiDigits } from './digits.js';
import type { Language } from './language.js';
import { hasWords, inWords, type WordsOptions } from './number-words.js';
import { formatNumber } from './numbers.js';
import { storeForm } from './text.js';

const scales: [size: number, word: string][] = [
  [1e9, ' میلیارد'],
  [1e6, ' میلیون'],
  [1e3, ' هزار'],
  [1, ''],
];

/** An amount with its unit after it: «۱٬۲۰۰ ریال». */
export function formatRial(rial: number, language: Language = 'fa'): string {
  const number = formatNumber(wholeRials(rial), { language });
  return language === 'fa' ? `${number} ریال` : `${number} rials`;
}

/** An amount in Persian words, «یک هزار و دویست ریال»; null below zero and where numbers have no agreed words. */
export function rialInWords(rial: number, options: WordsOptions = {}): string | null {
  return hasWords(rial) ? `${inWords(rial, options)} ریال` : null;
}

/**
 * Reads a typed amount in whole rials, or null. Groups are marked by a comma or U+066C and have three digits;
 * decimals, minus, exponents and dots are refused, because a wrong guess would be wrong by a thousand.
 */
export function parseRial(text: string): number | null {
  const typed = toAsciiDigits(storeForm(text)).replace(/ ?ریال$/, '');
  if (!/^(\d+|\d{1,3}([,٬،]\d{3})+)$/.test(typed)) return null;
  const rial = Number(typed.replace(/\D/g, ''));
  return Number.isSafeInteger(rial) ? rial : null;
}

/** The amount in whole tomans, or null when it is no multiple of ten rials. */
export function tomanFromRial(rial: number): number | null {
  return wholeRials(rial) % 10 === 0 ? rial / 10 : null;
}

/** One toman is ten rials. */
export function rialFromToman(toman: number): number {
  return wholeRials(toman * 10);
}

/** «۱۲۰ تومان» for 1200 rials, or null when it is no multiple of ten rials. */
export function formatToman(rial: number, language: Language = 'fa'): string | null {
  const toman = tomanFromRial(rial);
  if (toman === null) return null;
  const number = formatNumber(toman, { language });
  return language === 'fa' ? `${number} تومان` : `${number} tomans`;
}

/** The hint beside an amount field: «۲۵۰ هزار تومان» for 2,500,000 rials, or null where tomans do not fit. */
export function tomanHint(rial: number): string | null {
  const toman = tomanFromRial(rial);
  if (toman === null || toman < 0) return null;
  const parts: string[] = [];
  let rest = toman;
  for (const [size, word] of scales) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(formatNumber(count) + word);
    rest %= size;
  }
  return `${parts.join(' و ') || formatNumber(0)} تومان`;
}

function wholeRials(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`Not a whole amount: ${amount}`);
  return amount;
}
