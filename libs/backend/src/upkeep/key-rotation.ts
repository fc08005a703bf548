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
  Refused,
  type Tx,
} from '@app/platform';

/** Two people have agreed to a new key after this one. */
export class KeyRotationAgreed extends DomainEvent {
  after: string;
}

interface Asked {
  /** The key that sealed when it was asked. */
  after: string;
}

/** A new key for personal data. Who sits at the server asks, an administrator agrees in the product. */
@Injectable()
export class KeyRotationByTwo implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly keys: Keys,
    private readonly clock: Clock,
    private readonly agreements: Agreements,
  ) {}

  onModuleInit(): void {
    const roles = [Role.ADMINISTRATOR];
    const perform = (tx: Tx, { after }: Asked) => {
      if (this.keys.currentId !== after) throw new Refused('KEY_CHANGED');
      tx.emit(KeyRotationAgreed, { after });
      return Promise.resolve([{ name: AgreementDetailName.KEY, value: after }]);
    };
    this.agreements.register<Asked>({
      kind: AgreementKind.KEY_ROTATION,
      ...{ askers: roles, agreers: roles },
      perform: (tx, _, asked) => perform(tx, asked),
    });
  }

  /** Adds the key and begins to seal anew. Killed between the two it goes on; twice adds no second key. */
  @OnEvent(KeyRotationAgreed, { about: () => 'a new key' })
  async rotate({ after }: KeyRotationAgreed): Promise<void> {
    if (this.keys.currentId === after) this.keys.addDataKey();
    const id = this.keys.currentId;
    const begun = await this.db.read((tx) => tx.repo(KeyRotation).existsBy({ id }));
    if (!begun) await beginRotation(this.db, id, this.clock.now());
  }
}

/** Asks for a new key, as who sits at the server. */
export const askKeyRotation = (agreements: Agreements, keys: Keys, purpose: string) =>
  agreements.ask(
    { role: Role.ADMINISTRATOR, userId: 'system' },
    AgreementKind.KEY_ROTATION,
    { after: keys.currentId },
    purpose,
  );
