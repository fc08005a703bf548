import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { watch } from '@app/platform';

describe('watching a row', () => {
  it('gives the value now, each change once, and ends with the last', async () => {
    const values = [1, 1, 2, 2, 3];
    const seen: number[] = [];
    const follow = watch(() => Promise.resolve(values.shift() ?? 3), { until: (value) => value === 3, everyMs: 1 });
    for await (const value of follow) seen.push(value);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('ends at once when nobody listens any more, although nothing changes', async () => {
    let looks = 0;
    const watching = watch(() => Promise.resolve((looks++, 'same')), { until: () => false, everyMs: 5 });
    await watching.next();
    const waiting = watching.next();
    await sleep(30);
    await watching.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    const before = looks;
    await sleep(50);
    expect(looks).toBe(before);
  });

  it('says what went wrong in a look', async () => {
    const watching = watch(() => Promise.reject(new Error('gone')), { until: () => false });
    await expect(watching.next()).rejects.toThrow('gone');
  });
});
