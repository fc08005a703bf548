import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '@app/platform';

const NIGHTLY = /^nightly-\d{4}-\d\d-\d\d\.tar\.gz$/;

export const backupFolder = ({ dataDir }: Settings): string => join(dataDir, 'backups');

const BEFORE_UPGRADE = /^before-upgrade-[\dTZ-]+\.tar\.gz$/;
const UPGRADES_KEPT = 3;

/** The backup of the tables before an upgrade begun at the moment. */
export const backupBeforeUpgrade = (settings: Settings, moment: Date): string =>
  join(backupFolder(settings), `before-upgrade-${moment.toISOString().replace(/[:.]/g, '-')}.tar.gz`);

/** Keeps the backups of the last three upgrades. */
export async function forgetOldUpgrades(settings: Settings): Promise<void> {
  const names = (await readdir(backupFolder(settings))).filter((name) => BEFORE_UPGRADE.test(name)).sort();
  for (const name of names.slice(0, -UPGRADES_KEPT)) await rm(join(backupFolder(settings), name), { force: true });
}

/** The nightly backup of a day. */
export const nightlyBackup = (settings: Settings, day: string): string =>
  join(backupFolder(settings), `nightly-${day}.tar.gz`);

/** The nightly backups that stand, newest first. */
export async function nightlyBackups(settings: Settings): Promise<string[]> {
  const names = await readdir(backupFolder(settings)).catch(() => []);
  return names.filter((name) => NIGHTLY.test(name)).sort().reverse().map((name) => join(backupFolder(settings), name)); // prettier-ignore
}
