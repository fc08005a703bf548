import { describe, expect, it } from '@jest/globals';
import { RateWindow, Rates, silentLog, TooMany } from '@app/platform';
import { TestClock, testDatabase } from '@app/testing';

describe('rates', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const process = () => new Rates(db.database, db.keys, clock, silentLog);
  /** How many of so many calls are let through. */
  const through = (rates: Rates, calls: number, who = '203.0.113.7') => {
    let passed = 0;
    for (let i = 0; i < calls; i++) {
      try {
        rates.take('address', who, 10);
        passed++;
      } catch (error) {
        if (!(error instanceof TooMany)) throw error;
      }
    }
    return passed;
  };

  it('let through so many calls a minute, and say how long to wait', () => {
    const rates = process();
    expect(through(rates, 25)).toBe(10);
    clock.forward(45_000);
    expect(() => rates.take('address', '203.0.113.7', 10)).toThrow(TooMany);
    try {
      rates.take('address', '203.0.113.7', 10);
    } catch (error) {
      expect(error).toMatchObject({ retryAfterSeconds: 15 });
    }
    clock.forward(15_000);
    expect(through(rates, 25)).toBe(10);
  });

  it('remember nobody of the minute before', () => {
    const rates = process();
    for (let i = 0; i < 50; i++) through(rates, 1, `203.0.113.${i}`);
    clock.forward(60_000);
    through(rates, 1);
    expect(rates.callers).toBe(1);
  });

  it('count callers and kinds apart', () => {
    const rates = process();
    expect([through(rates, 11), through(rates, 11, '203.0.113.8')]).toEqual([10, 10]);
    expect(() => rates.take('actor', '203.0.113.7', 10)).not.toThrow();
  });

  it('are counted together by all processes', async () => {
    clock.forward(60_000);
    const [one, two] = [process(), process()];
    expect([through(one, 6), through(two, 3)]).toEqual([6, 3]);
    await one.tell();
    await two.tell();
    await two.tell();
    expect([through(two, 10), through(one, 1)]).toEqual([1, 1]);
    await one.tell();
    await two.tell();
    await one.tell();
    expect([through(one, 10), through(two, 10)]).toEqual([0, 0]);
  });

  it('leave no address behind in the table', async () => {
    const rates = process();
    clock.forward(60_000);
    through(rates, 3);
    await rates.tell();
    expect(JSON.stringify(await db.database.read((tx) => tx.repo(RateWindow).find()))).not.toContain('203.0.113');
  });
});
