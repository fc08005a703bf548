import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { conditions, Database, failpoint, type Keys, KNOWN_MS, type Reads, SYSTEM } from '@app/platform';
import { AssociationBranch } from './branch/branch.entity.js';
import { placeOf } from './referral/referral.service.js';
import type { Known } from './referral/referral.rules.js';
import { placeOfSeat } from './sponsorship/sponsorship-progress.service.js';
import { OpenVault, Vault } from './vault.js';

const ROWS_AT_ONCE = 100;

/** Turns the keys of the vault, that which seals and that of the index of persons, while the branches work. */
@Injectable()
export class VaultRotation {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
  ) {}

  /** The id of the key that seals now. @throws Error the key file is not on this machine */
  async currentId(tx: Reads): Promise<string> {
    return (await this.vault.keys(tx)).currentId;
  }

  /**
   * Adds keys after this one, unless there are newer ones, and seals anew whatever older ones have sealed. What is done
   * is seen by the rows themselves: killed anywhere it goes on when it is run again, and no table tells how many there are.
   */
  async turn(after: string): Promise<void> {
    const keys = await this.db.read((tx) => this.vault.keys(tx));
    if (keys.currentId === after) keys.addKeys();
    await sleep(KNOWN_MS);
    while ((await this.sealReferrals(keys)) + (await this.sealSeats(keys)) > 0);
  }

  private async sealReferrals(keys: Keys): Promise<number> {
    const branches = await this.db.read((tx) =>
      tx.query<{ id: string }>('SELECT id FROM association_branch ORDER BY id'),
    );
    let sealed = 0;
    for (const { id: branchId } of branches)
      sealed += await this.inBlocks('referral', { branchId }, keys, (vault, { id, sealed: text }) => {
        const known = vault.reveal<Known>(text, placeOf(id));
        const [personIndex] = vault.personIndexes(branchId, known.nationalId);
        return { sealed: vault.seal(known, placeOf(id)), personIndex };
      });
    return sealed;
  }

  private sealSeats(keys: Keys): Promise<number> {
    return this.inBlocks('sponsorship', {}, keys, (vault, { id, sealed }) => ({
      sealed: vault.seal(vault.reveal<object>(sealed, placeOfSeat(id)), placeOfSeat(id)),
    }));
  }

  /** Changes the rows that an older key has sealed, some at a time, each block held until its commit. */
  private async inBlocks(
    table: 'referral' | 'sponsorship',
    of: { branchId?: string },
    keys: Keys,
    anew: (vault: OpenVault, row: { id: string; sealed: string }) => Record<string, string>,
  ): Promise<number> {
    const bounds = conditions('r', of);
    let changed = 0;
    for (let after = '', more = true; more;) {
      const rows = await this.db.write(SYSTEM, async (tx) => {
        // Nobody refers a person to the branch meanwhile: who comes after looks by the newer key too.
        if (of.branchId) await tx.lock(AssociationBranch, { id: of.branchId });
        const vault = await this.vault.open(tx);
        const old = await tx.query<{ id: string; sealed: string }>(
          `SELECT r.id, r.sealed FROM ${table} r WHERE ${bounds.sql} AND r.id > ? AND r.sealed NOT LIKE ?
           ORDER BY r.id LIMIT ${ROWS_AT_ONCE}${tx.dialect.forUpdate}`,
          [...bounds.values, after, `${keys.currentId}:%`],
        );
        for (const row of old) {
          const columns = anew(vault, row);
          const set = Object.keys(columns).map((column) => `${column} = ?`);
          await tx.execute(`UPDATE ${table} SET ${set.join(', ')} WHERE id = ?`, [...Object.values(columns), row.id]);
        }
        return old;
      });
      changed += rows.length;
      more = rows.length === ROWS_AT_ONCE;
      after = rows.at(-1)?.id ?? after;
      failpoint('vault.after-block');
    }
    return changed;
  }
}
