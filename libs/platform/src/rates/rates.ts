import type { Clock } from '../clock.js';
import { type Database, SYSTEM } from '../database/database.js';
import type { Keys } from '../keys/keys.js';
import type { Log } from '../observe/log.js';
import { TooMany } from '../refusal.js';

const MINUTE_MS = 60_000;
const TOLD_EVERY_MS = 1000;
const ROWS_A_STATEMENT = 200;
/** Callers remembered at once: some 20 MB. */
const MOST_WINDOWS = 100_000;

interface Window {
  kind: string;
  who: string;
  endsMs: number;
  /** Counted by this process since it last told the others. */
  own: number;
  /** What all processes had counted then. */
  known: number;
}

/**
 * Counts calls by the minute. A call costs no statement: each process counts by itself and once a second adds its
 * counts to those of the others, so that many processes together let through no more than one second's worth too many.
 */
export class Rates {
  private readonly windows = new Map<string, Window>();
  /** When the minute in hand ends: what was counted before it is forgotten then. */
  private endsMs = 0;
  private timer: NodeJS.Timeout | undefined;
  private telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly keys: Keys,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * Counts one call.
   *
   * @param kind what is counted, such as `address`
   * @param most how many a minute are let through
   * @throws TooMany with the seconds to the next minute
   */
  take(kind: string, who: string, most: number): void {
    const now = this.clock.now().getTime();
    const endsMs = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;
    if (endsMs !== this.endsMs) {
      this.windows.clear();
      this.endsMs = endsMs;
    }
    const name = `${kind} ${who}`;
    let window = this.windows.get(name);
    if (!window) {
      if (this.windows.size >= MOST_WINDOWS) this.windows.delete(this.windows.keys().next().value!);
      this.windows.set(name, (window = { kind, who, endsMs, own: 0, known: 0 }));
    }
    if (window.own + window.known >= most) throw new TooMany(Math.ceil((endsMs - now) / 1000));
    window.own++;
  }

  /** How many callers have called this minute. */
  get callers(): number {
    return this.windows.size;
  }

  /** Begins to share the counts with other processes. */
  start(): void {
    this.timer = setInterval(() => {
      this.telling = this.tell().catch((error: unknown) => this.log.warn({ error }, 'rates not shared'));
    }, TOLD_EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.telling;
  }

  /** Adds this process's counts to the table and learns what all have counted. */
  async tell(): Promise<void> {
    const news = [...this.windows.values()]
      .filter(({ own }) => own > 0)
      .map((window) => ({ window, own: window.own, id: this.idOf(window) }))
      // Processes write the same rows; in one order they wait for each other and never in a ring.
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    for (let at = 0; at < news.length; at += ROWS_A_STATEMENT) await this.share(news.slice(at, at + ROWS_A_STATEMENT));
  }

  private async share(news: { window: Window; own: number; id: string }[]): Promise<void> {
    const totals = await this.db.write(SYSTEM, async (tx) => {
      const { onConflict, incoming } = tx.dialect;
      await tx.execute(
        `INSERT INTO rate_window (id, taken, endsAt) VALUES ${news.map(() => '(?, ?, ?)').join(', ')}
         ${onConflict(['id'], [`taken = rate_window.taken + ${incoming('taken')}`])}`,
        news.flatMap(({ window, own, id }) => [id, own, new Date(window.endsMs)]),
      );
      return tx.query<{ id: string; taken: number }>(
        `SELECT id, taken FROM rate_window WHERE id IN (${news.map(() => '?').join(', ')})`,
        news.map(({ id }) => id),
      );
    });
    const takenBy = new Map(totals.map(({ id, taken }) => [id, Number(taken)]));
    for (const { window, own, id } of news) {
      window.own -= own;
      window.known = takenBy.get(id) ?? window.known + own;
    }
  }

  /** Under the index key of now: when it turns, the minute in hand is counted anew. */
  private idOf({ kind, who, endsMs }: Window): string {
    return this.keys.blindIndex('rate', `${kind}\n${who}\n${endsMs}`);
  }
}
