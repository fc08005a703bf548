import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stampOfFiles } from './build.mjs';

describe('the stamp of the sources', () => {
  let folder: string;
  const stamp = () => stampOfFiles(folder, ['apps/api', 'libs', 'not-there.json']);
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'maharat-stamp-'));
    for (const path of ['apps/api', 'libs/persian/src', 'libs/persian/data'])
      mkdirSync(join(folder, path), { recursive: true });
    write('apps/api/main.ts', 'a');
    write('libs/persian/src/day.ts', 'a');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each<[string, () => void]>([
    ['edited', () => write('apps/api/main.ts', 'ab')],
    ['touched', () => utimesSync(join(folder, 'apps/api/main.ts'), 1, 1)],
    ['added', () => write('libs/persian/src/month.ts', '')],
    ['renamed', () => renameSync(join(folder, 'apps/api/main.ts'), join(folder, 'apps/api/other.ts'))],
    ['removed', () => rmSync(join(folder, 'libs/persian/src/day.ts'))],
  ])('changes when a source is %s', (_, change) => {
    const before = stamp();
    change();
    expect(stamp()).not.toBe(before);
  });

  it('stays when nothing changes, or only what no build reads', () => {
    const before = stamp();
    write('libs/persian/src/day.spec.ts', 'a spec');
    write('libs/persian/README.md', 'words');
    write('libs/persian/data/holidays.csv', 'rows');
    expect(stamp()).toBe(before);
  });
});
