import { describe, expect, it } from '@jest/globals';
import { silentLog } from '@app/platform';
import { TestClock, testDatabase } from '@app/testing';
import { Nights } from './nights.js';

const HOUR = 3_600_000;

describe('nights', () => {
  // Nine in the morning.
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const told = () => db.events('NightCame');

  it('are told once a day, however many processes look', async () => {
    const processes = Array.from({ length: 5 }, () => new Nights(db.database, clock, silentLog));
    for (let i = 0; i < 3; i++) await Promise.all(processes.map((nights) => nights.look()));
    expect(await told()).toEqual([{ day: '2026-11-21' }]);

    clock.forward(15 * HOUR); // midnight: the night has not come yet
    await Promise.all(processes.map((nights) => nights.look()));
    expect(await told()).toHaveLength(1);
    clock.forward(1 * HOUR + 59 * 60_000);
    await Promise.all(processes.map((nights) => nights.look()));
    expect(await told()).toHaveLength(1);
    clock.forward(60_000);
    await Promise.all(processes.map((nights) => nights.look()));
    expect(await told()).toEqual([{ day: '2026-11-21' }, { day: '2026-11-22' }]);
  });

  it('that came while nothing ran are told at the next start, only the last of them', async () => {
    clock.set('2026-12-01');
    await new Nights(db.database, clock, silentLog).look();
    expect((await told()).slice(2)).toEqual([{ day: '2026-12-01' }]);
  });
});
