import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { Uploads } from '@app/documents';
import {
  Chainer,
  Clock,
  Database,
  FileStore,
  indexAnew,
  IndexKeyTurned,
  KeyRotated,
  Keys,
  Log,
  NightCame,
  OnEvent,
  sealAnew,
  Settings,
  signHeads,
  SYSTEM,
} from '@app/platform';
import { backup, forgetShredded } from './backup.js';
import { nightlyBackup, nightlyBackups } from './backups.js';
import { shredDays } from './person-keys.js';
import { verifyBackup } from './restore.js';
import { eraseByRule } from './retention.js';
import { BackupMade } from './upkeep.events.js';

const KEPT = 7;
const DAY_MS = 24 * 3_600_000;
const UPLOAD_DAYS = 7;
const ANSWER_DAYS = 30;
const ANSWERS_AT_ONCE = 1000;

/** The upkeep of every night. Each job has one subject, so that two nights never overlap. */
@Injectable()
export class UpkeepJobs {
  constructor(
    private readonly settings: Settings,
    private readonly db: Database,
    private readonly files: FileStore,
    private readonly keys: Keys,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly uploads: Uploads,
    private readonly chainer: Chainer,
  ) {}

  /**
   * Backs up into DATA_DIR/backups, reads the backup whole, and keeps the last seven. Run again on the same day it
   * finds the day's backup and makes no other. Late, it is the backup of the moment it runs.
   */
  @OnEvent(NightCame, { about: () => 'backup' })
  async backUp({ day }: NightCame): Promise<void> {
    const { settings, db, log } = this;
    if (!settings.NIGHTLY_BACKUP) return;
    const file = nightlyBackup(settings, day);
    if (!existsSync(file)) {
      const made = await backup(this.parts, file, { passphrase: settings.BACKUP_PASSPHRASE });
      const { length: missing } = made.missingFiles;
      log[missing > 0 ? 'error' : 'info']({ file, files: made.files, missing }, 'nightly backup made');
      if (!made.keys.included)
        log.warn({ file }, 'the backup does not hold the keys: set BACKUP_PASSPHRASE, or keep the key file elsewhere');
      await verifyBackup(settings.personKeysFile);
    }
    await verifyBackup(file);
    await db.write(SYSTEM, async (tx) => tx.emit(BackupMade, { day }));
    for (const old of (await nightlyBackups(settings)).slice(KEPT)) await rm(old, { force: true });
  }

  /** Signs the ends of the audit trail's chains. Twice leaves the day's first; late, it is the ends of that moment. */
  @OnEvent(NightCame, { about: () => 'audit heads' })
  async signHeads({ day }: NightCame): Promise<void> {
    const { db, files, keys, clock, chainer } = this;
    await signHeads({ db, files, keys, clock, chainer }, day);
  }

  /** Seals anew what older keys have sealed. Killed, it goes on where it was; twice seals nothing more. */
  @OnEvent(KeyRotated, { about: ({ keyId }) => keyId })
  async sealAnew({ keyId }: KeyRotated): Promise<void> {
    await sealAnew(this.db, this.keys, keyId, () => this.clock.now());
  }

  /** Makes digests anew that older index keys have made. Killed, it goes on where it was; twice makes none anew. */
  @OnEvent(IndexKeyTurned, { about: ({ keyId }) => keyId })
  async indexAnew({ keyId }: IndexKeyTurned): Promise<void> {
    await indexAnew(this.db, this.keys, keyId, () => this.clock.now());
  }

  /** Erases what the rules no longer keep. Twice erases nothing more; late, it is what is due by then. */
  @OnEvent(NightCame, { about: () => 'retention' })
  async eraseByRule(): Promise<void> {
    const erased = await eraseByRule(this.db, this.files, this.clock.today());
    if (!erased.some(({ rows }) => rows > 0)) return;
    await forgetShredded(this.parts);
    this.log.info({ erased }, 'erased by rule');
  }

  /** Removes the keys of days of which nothing is kept. Twice removes nothing more. */
  @OnEvent(NightCame, { about: () => 'keys of days' })
  async forgetDays(): Promise<void> {
    if ((await shredDays(this.db, this.clock.today())) > 0) await forgetShredded(this.parts);
  }

  /** Removes uploads older than a week: what they were for has happened or will not. Twice removes nothing more. */
  @OnEvent(NightCame, { about: () => 'uploads' })
  async forgetUploads(): Promise<void> {
    const before = this.daysAgo(UPLOAD_DAYS);
    const forgotten = (await this.uploads.forget(before)) + (await this.uploads.forgetUnnamed(before));
    if (forgotten > 0) this.log.info({ forgotten }, 'old uploads removed');
  }

  /** Removes answers kept for repeated calls: no client repeats a call after a month. Twice removes nothing more. */
  @OnEvent(NightCame, { about: () => 'answers' })
  async forgetAnswers(): Promise<void> {
    const before = this.daysAgo(ANSWER_DAYS);
    for (;;) {
      const old = await this.db.read((tx) =>
        tx.query<{ id: string }>('SELECT id FROM idempotency_key WHERE createdAt < ? LIMIT ?', [
          before,
          ANSWERS_AT_ONCE,
        ]),
      );
      if (old.length === 0) return;
      await this.db.write(SYSTEM, (tx) =>
        tx.execute(
          `DELETE FROM idempotency_key WHERE id IN (${old.map(() => '?').join(', ')})`,
          old.map(({ id }) => id),
        ),
      );
    }
  }

  /** Removes counts of minutes that are over. Twice removes nothing more. */
  @OnEvent(NightCame, { about: () => 'rates' })
  async forgetRates(): Promise<void> {
    await this.db.write(SYSTEM, (tx) => tx.execute('DELETE FROM rate_window WHERE endsAt < ?', [this.clock.now()]));
  }

  /** What a backup is made of. */
  private get parts() {
    const { settings, db, files, keys, clock } = this;
    return { settings, dataSource: db.dataSource, files, keys, clock };
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}
