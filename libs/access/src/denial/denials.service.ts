import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type By, Database, type FailureCode, Keys, Log, NOBODY, type Reads } from '@app/platform';
import { callerNetwork } from '../access.rules.js';
import type { Actor } from '../actor.rules.js';
import { AccessDenied } from './denial.events.js';

/** One call that was turned away. */
interface Denial {
  actor?: Actor;
  /** Of the caller; looked at only when nobody has signed in. */
  address: string;
  operation: string;
  code: FailureCode;
  /** What the call was given. */
  input: unknown;
}

const MINUTE_MS = 60_000;
/** Networks and operations counted apart at a time; what comes on top is counted together. */
const APART = 500;
const OTHERS = 'others';
/** Names another trail than that of the province for what somebody is denied; null leaves it there. */
type OtherTrail = (tx: Reads, actor: Actor) => Promise<By | null>;

const MOST_IDS = 5;

/**
 * Puts everyone who is turned away into the audit trail, alike for what is another's, what was deleted and what never
 * was: no further question is asked of the database. Of a signed-in caller each call is a row. Anonymous callers can
 * come in floods: of one network and operation the first call is a row, and those of the minute after it are one more,
 * counted.
 */
@Injectable()
export class Denials implements OnModuleDestroy {
  private readonly counted = new Map<string, { operation: string; code: string; network: string; times: number }>();
  private timer: NodeJS.Timeout | undefined;
  private otherTrail: OtherTrail = () => Promise.resolve(null);

  constructor(
    private readonly db: Database,
    private readonly keys: Keys,
    private readonly log: Log,
  ) {}

  /** For a lib above, whose people leave no traces in the trail of a province. */
  standElsewhere(otherTrail: OtherTrail): void {
    this.otherTrail = otherTrail;
  }

  /** Resolves when it is on record. A trail that cannot be written to is told to the log; the caller is denied anyhow. */
  async note({ actor, address, operation, code, input }: Denial): Promise<void> {
    if (actor) {
      const targets = this.targets(input, actor.userId);
      return this.write(actor, { operation, code, targets, network: null, times: 1 }, (tx) =>
        this.otherTrail(tx, actor),
      );
    }
    const apart = this.counted.size < APART;
    const network = apart ? this.keys.sign(`network ${callerNetwork(address)}`) : OTHERS;
    const mark = `${network} ${operation} ${code}`;
    const known = this.counted.get(mark);
    if (known) return void known.times++;
    const seen = { operation, code, network };
    this.counted.set(mark, { ...seen, times: 0 });
    this.timer ??= setTimeout(() => void this.flush(), MINUTE_MS).unref();
    return this.write(NOBODY, { ...seen, targets: this.targets(input, network), times: 1 });
  }

  /** Writes what was counted since each first call. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const counted = [...this.counted.values()].filter(({ times }) => times > 0);
    this.counted.clear();
    for (const one of counted) await this.write(NOBODY, { ...one, targets: '' });
  }

  onModuleDestroy(): Promise<void> {
    return this.flush();
  }

  private async write(
    by: By,
    ids: { [K in keyof AccessDenied]: AccessDenied[K] },
    elsewhere: (tx: Reads) => Promise<By | null> = () => Promise.resolve(null),
  ): Promise<void> {
    await this.db
      .write(by, async (tx) => tx.emit(AccessDenied, ids, (await elsewhere(tx)) ?? by))
      .catch((error: unknown) => this.log.error({ error, operation: ids.operation }, 'a denial is not on record'));
  }

  /** Bound to who asked: whoever is denied the same id on purpose does not find it again in what another was denied. */
  private targets(input: unknown, asker: string): string {
    return idsIn(input)
      .slice(0, MOST_IDS)
      .map((id) => this.keys.sign(`denied ${asker} ${id}`))
      .join(' ');
  }
}

/** The ids among the arguments of an operation, and in the input objects among them. */
function idsIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return /(^id|Id)$/.test(name) ? [value] : [];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => idsIn(part, key));
}
