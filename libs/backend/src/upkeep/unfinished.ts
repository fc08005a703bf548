import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '@app/platform';

/** Work on the whole installation that leaves it unfit for use until it has ended. */
export type Unfinished =
  /** The tables of a new installation are being made. On a server each table stands by itself at once. */
  | { work: 'first tables' }
  /** With the backup that is being restored, or that the tables can go back to. */
  | { work: 'restore' | 'upgrade'; archive: string };

const noteOf = ({ dataDir }: Settings): string => join(dataDir, 'unfinished.json');

/** What was cut off by a kill or a power cut, if anything. */
export const unfinished = (settings: Settings): Unfinished | null =>
  existsSync(noteOf(settings)) ? (JSON.parse(readFileSync(noteOf(settings), 'utf8')) as Unfinished) : null;

/** Notes on the disk that the work has begun, so that the next start knows when it was cut off. */
export function beginUnfinished(settings: Settings, note: Unfinished): void {
  const draft = `${noteOf(settings)}.growing`;
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, JSON.stringify(note));
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, noteOf(settings));
}

export const endUnfinished = (settings: Settings): void => rmSync(noteOf(settings), { force: true });
