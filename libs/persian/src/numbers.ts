import { toPersianDigits } from './digits.js';
import type { Language } from './language.js';

const marks = {
  fa: { group: '٬', decimal: '٫', percent: '٪', minus: '\u200E−' },
  en: { group: ',', decimal: '.', percent: '%', minus: '-' },
};

export interface NumberOptions {
  language?: Language;
  /** At most so many decimals; zeros at the end are left out. */
  decimals?: number;
}

/** A number as people read it: «۱٬۲۳۴٫۵». */
export function formatNumber(value: number, { language = 'fa', decimals = 2 }: NumberOptions = {}): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) throw new RangeError(`Not a number to show: ${value}`);
  const mark = marks[language];
  const [whole = '', fraction = ''] = Math.abs(value).toFixed(decimals).split('.');
  const shownFraction = fraction.replace(/0+$/, '');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, mark.group) + (shownFraction && mark.decimal + shownFraction);
  const sign = value < 0 && /[1-9]/.test(digits) ? mark.minus : '';
  return sign + (language === 'fa' ? toPersianDigits(digits) : digits);
}

/** A percentage, given as a number of percents: 72 is «۷۲٪». */
export function formatPercent(percent: number, options: NumberOptions = {}): string {
  return formatNumber(percent, options) + marks[options.language ?? 'fa'].percent;
}

/** A mark in hundredths: 1875 is «۱۸٫۷۵». */
export function formatMark(hundredths: number, language: Language = 'fa'): string {
  return formatNumber(hundredths / 100, { language });
}
