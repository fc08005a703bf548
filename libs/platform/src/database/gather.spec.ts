import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { gather } from '@app/platform';

describe('a look-up for many', () => {
  const asked: string[][] = [];
  const world = new Map<string, number>();
  const valueOf = gather(async (keys) => {
    asked.push(keys);
    const seen = new Map(world);
    await sleep(10);
    if (keys.includes('bad')) throw new Error('lost');
    return seen;
  });

  it('asks once for all who come while another is on its way, and for each key once', async () => {
    for (let n = 0; n < 4; n++) world.set(`k${n}`, n);
    const first = valueOf('k0');
    await sleep(1);
    expect(await Promise.all([first, ...['k1', 'k2', 'k1', 'none', 'k3'].map(valueOf)])).toEqual([
      ...[0, 1, 2, 1, undefined, 3],
    ]);
    expect(asked.splice(0)).toEqual([['k0'], ['k1', 'k2', 'none', 'k3']]);
  });

  it('answers nobody with what was read before they asked', async () => {
    world.set('role', 1);
    const early = valueOf('role');
    await sleep(1);
    world.set('role', 2);
    const late = valueOf('role');
    expect([await early, await late]).toEqual([1, 2]);
  });

  it('fails for those who were in it, and goes on', async () => {
    const [bad, beside] = await Promise.allSettled([valueOf('bad'), valueOf('k1')]);
    expect([bad?.status, beside?.status]).toEqual(['rejected', 'rejected']);
    expect(await valueOf('k1')).toBe(1);
  });
});
