import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AgreementDetailName, AgreementKind, Agreements, Role } from '@app/access';
import {
  beginRotation,
  Clock,
  Database,
  DomainEvent,
  KeyRotation,
  Keys,
  OnEvent,
  type Reads,
  Refused,
  turnIndex,
  type Tx,
} from '@app/platform';
import { VaultRotation } from '@app/referral';

/** Two people have agreed to a new key after this one. */
export class KeyRotationAgreed extends DomainEvent {
  after: string;
}

interface Asked {
  /** The key that worked when it was asked: `k1` seals personal data, `i1` makes digests, `referral:k1` is the vault's. */
  after: string;
}

/** What turns by itself: the key that seals personal data, that of blind indexes, and those of the association's vault. */
export type Turning = 'data' | 'index' | 'referral';

const REFERRAL = 'referral:';
const turningOf = (after: string): Turning =>
  after.startsWith(REFERRAL) ? 'referral' : after.startsWith('i') ? 'index' : 'data';

/** New keys. Who sits at the server asks, an administrator agrees in the product. */
@Injectable()
export class KeyRotationByTwo implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly keys: Keys,
    private readonly clock: Clock,
    private readonly agreements: Agreements,
    private readonly vault: VaultRotation,
  ) {}

  onModuleInit(): void {
    const roles = [Role.ADMINISTRATOR];
    const perform = async (tx: Tx, { after }: Asked) => {
      if ((await this.current(tx, turningOf(after))) !== after) throw new Refused('KEY_CHANGED');
      tx.emit(KeyRotationAgreed, { after });
      return [{ name: AgreementDetailName.KEY, value: after }];
    };
    this.agreements.register<Asked>({
      kind: AgreementKind.KEY_ROTATION,
      ...{ askers: roles, agreers: roles },
      perform: (tx, _, asked) => perform(tx, asked),
    });
  }

  /** Asks for a new key, as who sits at the server. */
  async ask(turning: Turning, purpose: string) {
    const after = await this.db.read((tx) => this.current(tx, turning));
    const asker = { role: Role.ADMINISTRATOR, userId: 'system' } as const;
    return this.agreements.ask(asker, AgreementKind.KEY_ROTATION, { after }, purpose);
  }

  /** Adds the key and begins to work with it. Killed anywhere it goes on; twice adds no second key. */
  @OnEvent(KeyRotationAgreed, { about: ({ after }) => `a new key after ${after}` })
  async rotate({ after }: KeyRotationAgreed): Promise<void> {
    if (turningOf(after) === 'referral') return this.vault.turn(after.slice(REFERRAL.length));
    if (turningOf(after) === 'index') return turnIndex(this.db, this.keys, after, this.clock.now());
    if (this.keys.currentId === after) this.keys.addDataKey();
    const id = this.keys.currentId;
    const begun = await this.db.read((tx) => tx.repo(KeyRotation).existsBy({ id }));
    if (!begun) await beginRotation(this.db, id, this.clock.now());
  }

  private async current(tx: Reads, turning: Turning): Promise<string> {
    if (turning === 'referral') return `${REFERRAL}${await this.vault.currentId(tx)}`;
    return turning === 'index' ? (this.keys.indexIds[0] as string) : this.keys.currentId;
  }
}
