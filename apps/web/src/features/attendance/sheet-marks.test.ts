import { describe, expect, it } from 'vitest';
import {
  changedSince,
  counts,
  isUntouched,
  markOf,
  marksToSend,
  touched,
  type Mark,
  type Status,
} from './sheet-marks.js';

const row = (enrolmentId: string, status: Status | null = null, presentMinutes: number | null = null) => ({
  enrolmentId,
  status,
  presentMinutes,
});
const present: Mark = { status: 'PRESENT', presentMinutes: null };
const absent: Mark = { status: 'UNEXCUSED', presentMinutes: null };
const none = new Map<string, Mark>();

describe('an attendance sheet', () => {
  it('shows everyone present only before anybody was marked, and sends them all', () => {
    const rows = [row('a'), row('b')];
    expect(isUntouched(rows)).toBe(true);
    expect(markOf(rows[0]!, none, true)).toEqual(present);
    expect(marksToSend(rows, new Map([['b', absent]]))).toEqual([
      { enrolmentId: 'a', ...present },
      { enrolmentId: 'b', ...absent },
    ]);
  });

  it('shows what is recorded when it is opened again, and nobody new as present', () => {
    const rows = [row('a', 'UNEXCUSED', 0), row('b')];
    expect(isUntouched(rows)).toBe(false);
    expect(rows.map((each) => markOf(each, none, false))).toEqual([absent, null]);
    expect(marksToSend(rows, none)).toEqual([]);
    expect(counts([absent, null])).toMatchObject({ PRESENT: 0, UNEXCUSED: 1, NOT_ENTERED: 1 });
  });

  it('sends what differs from the record and nothing that was changed back', () => {
    const rows = [row('a', 'PRESENT', 240), row('b', 'LATE', 225)];
    const changes = new Map<string, Mark>([
      ['a', present],
      ['b', { status: 'LATE', presentMinutes: 230 }],
    ]);
    expect(marksToSend(rows, changes)).toEqual([{ enrolmentId: 'b', status: 'LATE', presentMinutes: 230 }]);
  });

  it('keeps what was changed while the marks were on their way', () => {
    const sent = new Map<string, Mark>([
      ['a', absent],
      ['b', absent],
    ]);
    const again = { ...absent };
    expect([...changedSince(sent, new Map(sent).set('b', present).set('c', again))]).toEqual([
      ['b', present],
      ['c', again],
    ]);
    expect(changedSince(sent, sent).size).toBe(0);
  });

  it.each<[Mark | null, Status]>([
    [present, 'UNEXCUSED'],
    [absent, 'PRESENT'],
    [{ status: 'LATE', presentMinutes: 200 }, 'PRESENT'],
    [null, 'PRESENT'],
  ])('a touch on %j is %s', (before, after) => {
    expect(touched(before)).toEqual({ status: after, presentMinutes: null });
  });
});
