import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from '@jest/globals';

/** What others wrote, by which our papers are judged, and where Debian has it. `libs/tooling/servers.mjs` installs it. */
const PACKAGES = {
  fribidi: 'libfribidi-bin',
  'hb-shape': 'libharfbuzz-bin',
  'pango-view': 'pango1.0-tools',
  pdftotext: 'poppler-utils',
  pdftoppm: 'poppler-utils',
  pdffonts: 'poppler-utils',
  qpdf: 'qpdf',
  mutool: 'mupdf-tools',
  '/usr/share/unicode/BidiCharacterTest.txt': 'unicode-data',
} as const;

export type Judge = keyof typeof PACKAGES;

const isHere = (judge: Judge) =>
  judge.startsWith('/')
    ? existsSync(judge)
    : (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, judge)));

/**
 * Specs that need outside judges: without them they fail where CI is set, else they say so aloud and are left out.
 * They know no database, so they are run once, on SQLite.
 */
export function judgedBy(judges: Judge[], name: string, specs: () => void): void {
  if (process.env.TEST_DATABASE_URL) return it(`${name}: judged in the run on SQLite`, () => {});
  const missing = judges.filter((judge) => !isHere(judge));
  if (missing.length === 0) return describe(name, specs);
  const packages = [...new Set(missing.map((judge) => PACKAGES[judge]))].join(' ');
  const loud = `${name}: ${missing.join(', ')} missing. To install: apt-get install ${packages}`;
  if (!process.env.CI) {
    console.warn(`NOT RUN: ${loud}`);
    return describe.skip(name, specs);
  }
  it(name, () => {
    throw new Error(loud);
  });
}

/** Runs a judge and gives what it prints; what it prints as a warning, too, is an error. */
export function ask(judge: Judge, args: string[], { input, env }: { input?: string | Uint8Array; env?: object } = {}) {
  const { status, stdout, stderr, error } = spawnSync(judge, args, {
    input,
    env: { ...process.env, ...env },
    maxBuffer: 1 << 30,
  });
  if (error) throw error;
  if (status !== 0 || stderr.length > 0) throw new Error(`${judge} ended with ${status}: ${stderr.toString()}`);
  return stdout;
}
