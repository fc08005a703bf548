import { describe, expect, it } from '@jest/globals';
import { HolidayCertainty } from '../calendar/holiday.entity.js';
import { firstClash, planSessions, PlanRefusal } from './session.rules.js';

// Saturday 21 November 2026; the class meets from 8 to 12 on Saturday, Monday and Wednesday.
const timetable = { startsOn: '2026-11-21', weekdays: [6, 1, 3], startMinute: 480, endMinute: 720 };
const fridays = { weekdays: [5], holidays: [] };
const holiday = (day: string, certainty: HolidayCertainty, title = 'تعطیل') => ({
  day,
  titleFa: title,
  titleEn: 'Holiday',
  certainty,
});

describe('laying out sessions', () => {
  it('reaches the minutes of the standard exactly, with a shorter last session', () => {
    const { sessions, skipped, refusal } = planSessions(600, timetable, fridays);
    expect(refusal).toBeNull();
    expect(sessions).toEqual([
      { ordinal: 1, day: '2026-11-21', startMinute: 480, endMinute: 720 },
      { ordinal: 2, day: '2026-11-23', startMinute: 480, endMinute: 720 },
      { ordinal: 3, day: '2026-11-25', startMinute: 480, endMinute: 600 },
    ]);
    expect(skipped).toEqual([]);
  });

  it('leaves out weekly closed days and holidays, and says how sure the holiday is', () => {
    const closed = {
      weekdays: [5],
      holidays: [
        holiday('2026-11-23', HolidayCertainty.PREDICTED, 'یکم'),
        holiday('2026-11-25', HolidayCertainty.ESTIMATED, 'دوم'),
        holiday('2026-11-25', HolidayCertainty.FIXED, 'سوم'),
      ],
    };
    const { sessions, skipped } = planSessions(480, { ...timetable, weekdays: [6, 1, 3, 5] }, closed);
    expect(sessions.map(({ day }) => day)).toEqual(['2026-11-21', '2026-11-28']);
    expect(skipped.map(({ day, kind, certainty }) => [day, kind, certainty])).toEqual([
      ['2026-11-23', 'HOLIDAY', HolidayCertainty.PREDICTED],
      ['2026-11-25', 'HOLIDAY', HolidayCertainty.FIXED],
      ['2026-11-27', 'WEEKLY', HolidayCertainty.FIXED],
    ]);
  });

  it.each([
    ['the standard says no hours', 0, timetable, fridays, PlanRefusal.NO_HOURS_KNOWN],
    ['more than eight hours a day', 600, { ...timetable, endMinute: 961 }, fridays, PlanRefusal.DAY_TOO_LONG],
    ['eight hours a day', 600, { ...timetable, endMinute: 960 }, fridays, null],
    ['only closed weekdays', 600, { ...timetable, weekdays: [5] }, fridays, PlanRefusal.NO_OPEN_DAY],
    ['400 sessions', 400 * 240, timetable, fridays, null],
    ['401 sessions', 400 * 240 + 1, timetable, fridays, PlanRefusal.TOO_MANY_SESSIONS],
  ])('%s', (_, minutes, times, closed, refusal) => {
    const plan = planSessions(minutes, times, closed);
    expect(plan.refusal).toBe(refusal);
    const laidOut = plan.sessions.reduce((sum, { startMinute, endMinute }) => sum + endMinute - startMinute, 0);
    expect(laidOut).toBe(refusal ? 0 : minutes);
  });
});

describe('two sessions in one place', () => {
  const { sessions } = planSessions(480, timetable, fridays);
  const taken = (day: string, startMinute: number, endMinute: number) => ({
    day,
    startMinute,
    endMinute,
    runNumber: '15-1405-00001',
  });

  it.each([
    ['one minute inside', taken('2026-11-21', 719, 800), '2026-11-21'],
    ['around it', taken('2026-11-23', 0, 1440), '2026-11-23'],
    ['just after it', taken('2026-11-21', 720, 800), undefined],
    ['just before it', taken('2026-11-21', 400, 480), undefined],
    ['on another day', taken('2026-11-22', 480, 720), undefined],
  ])('%s', (_, other, day) => {
    expect(firstClash(sessions, [other])?.day).toBe(day);
  });

  it('names the earliest of several clashes', () => {
    const others = [taken('2026-11-23', 480, 720), taken('2026-11-21', 600, 700), taken('2026-11-21', 500, 600)];
    expect(firstClash(sessions, others)).toEqual(taken('2026-11-21', 500, 600));
  });
});
