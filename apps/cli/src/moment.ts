import { dayInTehran, formatJalali, formatTime, minutesInTehran } from '@app/persian';

/** An instant as the clock and calendar on the wall in Iran show it. */
export const moment = (instant: Date, language: 'fa' | 'en'): string => {
  const day = dayInTehran(instant);
  const time = formatTime(minutesInTehran(instant), language);
  return language === 'fa' ? `${formatJalali(day)} ساعت ${time}` : `${day} ${time} (Tehran)`;
};
