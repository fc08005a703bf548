import { setTimeout as sleep } from 'node:timers/promises';

interface Options<T> {
  /** After this value the stream ends. */
  until: (value: T) => boolean;
  /** Milliseconds between two looks. Default 400. */
  everyMs?: number;
}

/**
 * Follows a row until it is done: gives its value now, then each time it has changed. The row itself is the source, so
 * progress is right after a reload, in another process, and when every message in between was lost. A row that is not
 * the caller's to see is told at once, before anything is followed.
 */
export async function watch<T>(look: () => Promise<T>, options: Options<T>): Promise<AsyncGenerator<T, void>> {
  return following(await look(), look, options);
}

async function* following<T>(
  first: T,
  look: () => Promise<T>,
  { until, everyMs = 400 }: Options<T>,
): AsyncGenerator<T, void> {
  let shown: string | undefined;
  for (let value = first; ; value = await look()) {
    const text = JSON.stringify(value);
    if (text !== shown) yield value;
    shown = text;
    if (until(value)) return;
    await sleep(everyMs);
  }
}
