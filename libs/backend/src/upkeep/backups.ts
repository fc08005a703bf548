import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '@app/platform';

const NIGHTLY = /^nightly-\d{4}-\d\d-\d\d\.tar\.gz$/;

export const backupFolder = ({ dataDir }: Settings): string => join(dataDir, 'backups');

/** The nightly backup of a day. */
export const nightlyBackup = (settings: Settings, day: string): string =>
  join(backupFolder(settings), `nightly-${day}.tar.gz`);

/** The nightly backups that stand, newest first. */
export async function nightlyBackups(settings: Settings): Promise<string[]> {
  const names = await readdir(backupFolder(settings)).catch(() => []);
  return names.filter((name) => NIGHTLY.test(name)).sort().reverse().map((name) => join(backupFolder(settings), name)); // prettier-ignore
}
