import { describe, expect, it } from '@jest/globals';
import { ClosedWeekdaysRefusal, isClosed, refuseClosedWeekdays, weekdaysInForce } from './calendar.rules.js';
import { HolidayCertainty } from './holiday.entity.js';

const holiday = (day: string, titleFa: string, certainty: HolidayCertainty) => ({
  day,
  titleFa,
  titleEn: `${titleFa} in English`,
  certainty,
});

describe('closed days', () => {
  const closed = {
    weekdays: [4, 5],
    holidays: [
      holiday('2026-11-27', 'روز آزمایش', HolidayCertainty.FIXED), // a Friday
      holiday('2027-03-10', 'عید فطر', HolidayCertainty.PREDICTED),
      holiday('2027-03-10', 'روز دیگر', HolidayCertainty.FIXED),
      holiday('2028-02-28', 'عید فطر', HolidayCertainty.ESTIMATED),
    ],
  };

  it.each([
    ['a Wednesday', '2026-11-25', null],
    ['a Thursday', '2026-11-26', { kind: 'WEEKLY', titleFa: 'تعطیل هفتگی (پنجشنبه)', certainty: 'FIXED' }],
    ['a holiday on a Friday', '2026-11-27', { kind: 'HOLIDAY', titleFa: 'روز آزمایش', certainty: 'FIXED' }],
    ['two holidays, one certain', '2027-03-10', { titleFa: 'عید فطر، روز دیگر', certainty: 'FIXED' }],
    ['a holiday that may move', '2028-02-28', { kind: 'HOLIDAY', certainty: 'ESTIMATED' }],
  ])('on %s', (_, day, expected) => {
    const closure = isClosed(day, closed);
    if (expected) expect(closure).toMatchObject(expected);
    else expect(closure).toBeNull();
  });

  it.each([
    ['nobody set any', [null, null, null], [5]],
    ['the province did', [null, null, [4, 5], [5]], [4, 5]],
    ['the institute did, and has no closed day', [[], null, [4, 5]], []],
  ])('of a week where %s', (_, settings, expected) => {
    expect(weekdaysInForce(settings)).toEqual(expected);
  });

  it.each([
    ['all seven', [7, 1, 2, 3, 4, 5, 6], ClosedWeekdaysRefusal.NO_OPEN_DAY],
    ['six, one named twice', [1, 2, 3, 4, 5, 5, 6], null],
    ['what the office above says', null, null],
  ])('cannot be every day: %s', (_, weekdays, expected) => {
    expect(refuseClosedWeekdays(weekdays)).toBe(expected);
  });
});
