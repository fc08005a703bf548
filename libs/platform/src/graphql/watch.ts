import { setTimeout as sleep } from 'node:timers/promises';

interface Options<T> {
  /** After this value the stream ends. */
  until: (value: T) => boolean;
  /** Milliseconds between two looks. Default 400. */
  everyMs?: number;
}

/**
 * Follows a row until it is done: gives its value now, then each time it has changed. The row itself is the source, so
 * progress is right after a reload, in another process, and when every message in between was lost. Whoever stops
 * listening ends it at once, also while nothing changes: a generator would look on until the next change.
 */
export function watch<T>(
  look: () => Promise<T>,
  { until, everyMs = 400 }: Options<T>,
): AsyncIterableIterator<T, undefined> {
  const left = new AbortController();
  const end: IteratorReturnResult<undefined> = { done: true, value: undefined };
  let shown: string | undefined;
  let done = false;
  const next = async (): Promise<IteratorResult<T, undefined>> => {
    for (;;) {
      if (done || left.signal.aborted) return end;
      const value = await look();
      const text = JSON.stringify(value);
      done = until(value);
      if (text !== shown) {
        shown = text;
        return { done: false, value };
      }
      if (!done) await sleep(everyMs, undefined, { signal: left.signal }).catch(() => undefined);
    }
  };
  return {
    next,
    return() {
      left.abort();
      return Promise.resolve(end);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
