import {
  formatJalali,
  formatMark,
  formatMinutesAsHours,
  formatNumber,
  formatPercent,
  formatTime,
  toAsciiDigits,
  toPersianDigits,
  weekdayName,
  type JalaliStyle,
  type Language,
} from '@app/persian';
import { useTranslation } from 'react-i18next';

/** The words of the page in the language in use: `t` for messages, the others for what the API gives as numbers. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'fa';
  return {
    t,
    language,
    number: (value: number) => formatNumber(value, { language }),
    percent: (value: number) => formatPercent(value, { language, decimals: 1 }),
    /** A number that names something, and is not counted with: without marks between its digits. */
    numeral: (value: number) => (language === 'fa' ? toPersianDigits(value) : String(value)),
    /** Digits of a code that comes in Persian ones. */
    digits: (text: string) => (language === 'fa' ? text : toAsciiDigits(text)),
    day: (day: string, style: JalaliStyle = 'full') => formatJalali(day, style, language),
    weekday: (isoWeekday: number) => weekdayName(isoWeekday, language),
    time: (minutes: number) => formatTime(minutes, language),
    hours: (minutes: number) => formatMinutesAsHours(minutes, 'words', language),
    mark: (hundredths: number) => formatMark(hundredths, language),
    timeRange: (from: number, to: number) =>
      t('range', { from: formatTime(from, language), to: formatTime(to, language) }),
    dayRange: (from: string, to: string) =>
      t('range', { from: formatJalali(from, 'long', language), to: formatJalali(to, 'long', language) }),
    /** Of two texts the API gives, the one in the language in use. */
    either: (persian: string, english: string) => (language === 'fa' ? persian : english),
  };
}
