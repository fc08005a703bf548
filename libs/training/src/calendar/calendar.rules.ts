import { isoWeekday, weekdayName } from '@app/persian';
import { type Holiday, HolidayCertainty } from './holiday.entity.js';

/** The weekly closed days where nobody has set others: Friday. Rule C1. */
const FRIDAY_ONLY: readonly number[] = [5];

/** The days without classes: the weekly ones, ISO 1 Monday to 7 Sunday, and the official holidays of the time asked about. */
export interface ClosedDays {
  weekdays: readonly number[];
  holidays: readonly Pick<Holiday, 'day' | 'titleFa' | 'titleEn' | 'certainty'>[];
}

/** Why there are no classes on a day. The certainty says how sure the day itself is. */
export interface Closure {
  kind: 'WEEKLY' | 'HOLIDAY';
  titleFa: string;
  titleEn: string;
  certainty: HolidayCertainty;
}

const surestFirst = [
  HolidayCertainty.FIXED,
  HolidayCertainty.PUBLISHED,
  HolidayCertainty.PREDICTED,
  HolidayCertainty.ESTIMATED,
];

/** Why a day is closed, or null when classes may be held: rules C2 and C3. A holiday is named before the weekday. */
export function isClosed(day: string, { weekdays, holidays }: ClosedDays): Closure | null {
  const onDay = holidays.filter((holiday) => holiday.day === day);
  const certainty = surestFirst.find((certainty) => onDay.some((holiday) => holiday.certainty === certainty));
  if (certainty)
    return {
      kind: 'HOLIDAY',
      titleFa: onDay.map(({ titleFa }) => titleFa).join('، '),
      titleEn: onDay.map(({ titleEn }) => titleEn).join('; '),
      certainty,
    };
  const weekday = isoWeekday(day);
  if (!weekdays.includes(weekday)) return null;
  return {
    kind: 'WEEKLY',
    titleFa: `تعطیل هفتگی (${weekdayName(weekday)})`,
    titleEn: `Weekly closed day (${weekdayName(weekday, 'en')})`,
    certainty: HolidayCertainty.FIXED,
  };
}

/**
 * The weekly closed days in force, rule C1: the first that is set, from the nearest.
 *
 * @param settings  what the institute, its office and the offices above it have set, in this order; null where nothing is
 */
export const weekdaysInForce = (settings: readonly (number[] | null)[]): readonly number[] =>
  settings.find((weekdays) => weekdays !== null) ?? FRIDAY_ONLY;

/** Why weekly closed days are not set. */
export enum ClosedWeekdaysRefusal {
  NO_OPEN_DAY = 'NO_OPEN_DAY', // C4: a week without an open day has no classes at all
}

export const refuseClosedWeekdays = (weekdays: readonly number[] | null): ClosedWeekdaysRefusal | null =>
  weekdays && new Set(weekdays).size === 7 ? ClosedWeekdaysRefusal.NO_OPEN_DAY : null;
