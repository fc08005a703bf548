import { describe, expect, it } from '@jest/globals';
import { csvLine, type DemoMark, type DemoTotals, recountMinutes, recountVerdict, seeded } from './recount.rules.js';

const run = { plannedMinutes: 960, heldMinutes: 720 };

describe("the demo's own count of minutes", () => {
  const mark = (status: DemoMark['status'], presentMinutes: number): DemoMark => ({
    ...{ status, presentMinutes, sessionMinutes: 240 },
  });

  it('gives every planned minute one name', () => {
    const marks = [mark('LATE', 200), mark('EXCUSED', 0), null, null];
    expect(recountMinutes(marks, run)).toEqual({
      presentMinutes: 200,
      excusedMinutes: 240,
      unexcusedMinutes: 40,
      notEnteredMinutes: 480,
      presentOfPlanned: 2083,
      presentOfHeld: 2778,
    });
  });

  it('never counts who is not entered as present', () => {
    expect(recountMinutes([null, null, null, null], run)).toMatchObject({ presentMinutes: 0, notEnteredMinutes: 960 });
  });
});

describe("the demo's own verdict", () => {
  const present: DemoTotals = {
    ...{ presentMinutes: 720, excusedMinutes: 0, unexcusedMinutes: 0, notEnteredMinutes: 240 },
    ...{ presentOfPlanned: 7500, presentOfHeld: 10_000 },
  };

  it.each([
    ['passes with just enough of all', [7000], [7000], present, []],
    ['takes the best try', [null, 5000], [6900, 8000], present, []],
    ['fails by the final mark alone', [5000], [7000], present, ['FINAL_BELOW_PASS']],
    ['tells a part that was missed from one not tried', [null], [], present, ['PRACTICAL_MISSING', 'WRITTEN_FAILED']],
    ['allows 15 per cent without excuse', [7000], [7000], { ...present, unexcusedMinutes: 144 }, []],
    ['but no more', [7000], [7000], { ...present, unexcusedMinutes: 145 }, ['UNEXCUSED_OVER_LIMIT']],
    ['allows 25 per cent in all', [7000], [7000], { ...present, excusedMinutes: 240 }, []],
    ['and no more of them', [7000], [7000], { ...present, excusedMinutes: 241 }, ['ABSENCE_OVER_LIMIT']],
    ['asks for every sheet held', [7000], [7000], { ...present, presentMinutes: 480 }, ['ATTENDANCE_NOT_ENTERED']],
  ])('%s', (_, written, practical, totals, shortfalls) => {
    expect(recountVerdict({ written, practical }, totals, run).shortfalls).toEqual(shortfalls);
  });
});

it('writes no cell that a spreadsheet program takes for a formula', () => {
  expect(csvLine(['=1+1', '-3', -3, null, 'a,"b"', '26-1405'])).toBe(`'=1+1,'-3,-3,,"a,""b""",26-1405\r\n`);
});

it('draws the same numbers at every run', () => {
  const [first, second] = [seeded(7), seeded(7)];
  expect([first(), first(), first()]).toEqual([second(), second(), second()]);
});
