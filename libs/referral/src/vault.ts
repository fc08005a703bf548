import { existsSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { Keys, MasterKey, type Reads, Settings } from '@app/platform';

/** Sealed texts are as long as the next whole block: their length tells nothing of a reason. */
const BLOCK = 2048;

/**
 * What a support association knows, sealed under keys of its own, which stand in a file of their own: whoever has the
 * keys of training, and the whole database, reads none of it. Nothing is opened but by the services of this lib, each
 * time on purpose.
 */
@Injectable()
export class Vault {
  private known: Keys | undefined;

  constructor(private readonly settings: Settings) {}

  /**
   * The keys, made when there is nothing yet that older ones have sealed.
   *
   * @throws Error the file is not on this machine: nothing of the association is served here
   */
  async open(tx: Reads): Promise<OpenVault> {
    return new OpenVault(await this.keys(tx));
  }

  /** The keys themselves, for who turns them. */
  async keys(tx: Reads): Promise<Keys> {
    return (this.known ??= await this.load(tx));
  }

  private async load(tx: Reads): Promise<Keys> {
    const { referralKeyFile } = this.settings;
    const [sealed] = existsSync(referralKeyFile) ? [] : await tx.query('SELECT id FROM referral LIMIT 1');
    const keys = Keys.load(referralKeyFile, !sealed, MasterKey.of(this.settings));
    keys.wrapPlain();
    return keys;
  }
}

/** The vault with its keys at hand. */
export class OpenVault {
  constructor(private readonly keys: Keys) {}

  /** @param place table and row: elsewhere it does not open */
  seal(secret: object, place: string): string {
    const text = Buffer.from(JSON.stringify(secret));
    const padded = Buffer.alloc(Math.ceil(text.length / BLOCK) * BLOCK, ' ');
    text.copy(padded);
    return this.keys.seal(padded, place);
  }

  /** @throws Error it was sealed for another place, or by other keys */
  reveal<T>(sealed: string, place: string): T {
    return JSON.parse(this.keys.open(sealed, place).toString()) as T;
  }

  /**
   * The digests that a person may stand under among those of one branch, the one to write with first; two branches do not
   * see that they know the same one. Asked while the branch is held: then no other row of it is given a newer digest
   * than these.
   */
  personIndexes(branchId: string, nationalId: string): [string, ...string[]] {
    const indexes = this.keys.indexIds.map((keyId) => this.keys.blindIndex(`person of ${branchId}`, nationalId, keyId));
    return indexes as [string, ...string[]];
  }
}
