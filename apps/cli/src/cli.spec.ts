import 'reflect-metadata';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { projectFile, SYSTEM } from '@app/platform';
import { newInstallation, type TestInstallation } from '@app/testing';
import { Office } from '@app/training';
import { run } from './run.js';

// On a server each place is a database of its own, made by every migration.
jest.setTimeout(60_000);

describe('the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'maharat-cli-'));
  const places: TestInstallation[] = [];
  let place: TestInstallation;

  const at = async (): Promise<TestInstallation> => {
    const made = await newInstallation();
    places.push(made);
    return made;
  };
  /** The exit code and what was said. */
  async function cli(words: string, more: Record<string, string> = {}, where = place) {
    const said: string[] = [];
    const code = await run(words.split(' '), { ...where.env, ...more }, (text) => said.push(text));
    return { code, text: said.join('\n') };
  }

  beforeAll(async () => {
    place = await at();
    await cli('migrate');
  }, 60_000);
  afterAll(async () => {
    for (const one of places) await one.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lists what it can do, in both languages', async () => {
    const { code, text } = await cli('help');
    expect(code).toBe(0);
    for (const name of [
      'migrate',
      'seed',
      'admin create',
      'backup FILE',
      'restore FILE',
      'doctor',
      'audit verify',
      'schema',
    ])
      expect(text).toContain(name);
    expect(text).toContain('پشتیبان');
    expect((await cli('--help')).text).toBe(text);
  });

  it('answers what it does not know with the help, and 2', async () => {
    for (const words of ['dance', 'admin', 'backup', 'backup a b', 'doctor --slow', 'migrate now', 'restore'])
      expect(await cli(words)).toMatchObject({ code: 2, text: expect.stringContaining('admin create') });
  });

  it('brings the tables up to this version, and again', async () => {
    expect(await cli('migrate')).toMatchObject({ code: 0, text: expect.stringContaining('at this version') });
  });

  it('does not work on tables of another version', async () => {
    await expect(cli('doctor', {}, await at())).rejects.toThrow('The tables are not at this version');
  });

  it('brings in the reference data once', async () => {
    expect((await cli('seed')).text).toMatch(/[1-9]\d* rows added, 0 changed/);
    expect((await cli('seed')).text).toContain('0 rows added, 0 changed');
  });

  it('makes an invitation for an administrator, another each time', async () => {
    const links = [await cli('admin create'), await cli('admin create')].map(({ text }) => text.split('\n').at(-1));
    expect(links[0]).toMatch(/^http:\/\/localhost:3000\/invitation#.{20,}$/);
    expect(links[1]).not.toBe(links[0]);
  });

  it('asks for a new key of each kind, and for one at a time', async () => {
    for (const kind of ['', ' --index', ' --referral'])
      expect(await cli(`keys rotate${kind}`)).toMatchObject({ code: 0, text: expect.stringContaining('asked for') });
    expect(await cli('keys rotate --index --referral')).toMatchObject({ code: 2 });
  });

  it('wraps the keys by another master key, once, and starts with that one alone', async () => {
    const where = await at();
    await cli('migrate', {}, where);
    const file = join(folder, 'master.key');
    for (let twice = 0; twice < 2; twice++)
      expect(await cli(`keys master ${file}`, {}, where)).toMatchObject({
        code: 0,
        text: expect.stringContaining('MASTER_KEY_FILE'),
      });
    await expect(cli('doctor --fast', {}, where)).rejects.toThrow('is not the one of the key file');
    expect(await cli('doctor --fast', { MASTER_KEY_FILE: file }, where)).toMatchObject({ code: 0 });
    writeFileSync(file, 'no key');
    await expect(cli(`keys master ${file}`, {}, where)).rejects.toThrow('holds no master key');
  });

  it('backs up, says loudly that the keys are left out, and restores elsewhere', async () => {
    const bare = join(folder, 'bare.tar.gz');
    expect(await cli(`backup ${bare}`)).toMatchObject({
      code: 0,
      text: expect.stringContaining('does NOT hold the keys'),
    });
    const full = join(folder, 'full.tar.gz');
    const secret = { BACKUP_PASSPHRASE: 'a long passphrase' };
    expect((await cli(`backup ${full}`, secret)).text).not.toContain('!!!');

    const elsewhere = await at();
    await expect(cli(`restore ${full}`, secret, elsewhere)).rejects.toThrow('keys of persons');
    copyFileSync(place.settings.personKeysFile, join(folder, 'person-keys.tar.gz'));
    // Those of the archive without keys stand beside it too, sealed by the last backup's passphrase.
    await expect(cli(`restore ${bare}`, {}, elsewhere)).rejects.toThrow('are encrypted');
    expect(await cli(`restore ${full}`, secret, elsewhere)).toMatchObject({ code: 0 });
    await expect(cli(`restore ${full}`, secret, elsewhere)).rejects.toThrow('into an empty place only');
    expect((await cli('seed', {}, elsewhere)).text).toContain('0 rows added, 0 changed');
  });

  it('tells the doctor of a backup made by hand', async () => {
    const { clock } = await place.open();
    expect((await cli('doctor --fast')).text).toContain(`Last good backup: ${clock.today()}`);
  });

  it('ends with 1 when the doctor finds something', async () => {
    expect(await cli('doctor --fast')).toMatchObject({ code: 0, text: expect.stringContaining('✓') });
    const backend = await place.open();
    await backend.database.write(SYSTEM, (tx) =>
      tx.execute(
        `INSERT INTO job (id, name, subject, payload, state, wanted, taken, attempts, stalls, createdAt, runAfter, lease, leasedUntil, reason)
         VALUES ('j', 'Spec.draw', 's', '{}', 'FAILED', 1, 0, 3, 0, ${tx.dialect.now}, ${tx.dialect.now}, NULL, NULL, 'no room')`,
      ),
    );
    expect(await cli('doctor')).toMatchObject({ code: 1, text: expect.stringContaining('✗ کارهای شکست‌خورده') });
    expect(await backend.database.read((tx) => tx.repo(Office).count())).toBeGreaterThan(100);
  });

  it('goes through the audit trail, and names the first bad row', async () => {
    expect(await cli('audit verify')).toMatchObject({ code: 0, text: expect.stringContaining('all are as they were') });
    const { dataSource } = await place.open();
    const [{ id }] = await dataSource.query('SELECT id FROM business_event ORDER BY id LIMIT 1');
    await dataSource.query('DROP TRIGGER business_event_no_update');
    await dataSource.query(`UPDATE business_event SET name = 'Nothing' WHERE id = ?`, [id]);
    expect(await cli('audit verify')).toMatchObject({
      code: 1,
      text: expect.stringContaining(`national/1 ${id}: was changed or moved`),
    });
  });

  it('writes the schema', async () => {
    const file = projectFile('schema.graphql');
    const before = readFileSync(file);
    try {
      writeFileSync(file, '');
      expect(await cli('schema')).toMatchObject({ code: 0 });
      expect(readFileSync(file, 'utf8')).toContain('type Mutation {');
    } finally {
      // Whether it is the committed one is for the check to say, which also puts it back.
      writeFileSync(file, before);
    }
  });
});
