import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { MasterKey, newId, plainKeys, readSettings, SYSTEM } from '@app/platform';
import { engine, type TestInstallation, newInstallation } from '@app/testing';
import { Office, OfficeKind } from '@app/training';
import { type Backend, openBackend } from './backend.js';
import { CannotStart } from './cannot-start.js';
import { claimInstallation } from './installation/claim-installation.js';
import { migrate } from './prepare.js';
import { backupBeforeUpgrade, backupFolder } from './upkeep/backups.js';
import { inSnapshot } from './upkeep/tables.js';
import { beginUnfinished, unfinished } from './upkeep/unfinished.js';

/** The first half of a new version: succeeds. */
class Wider1999000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE office ADD COLUMN phone varchar(20)');
    await runner.query("UPDATE office SET name = 'changed'");
  }
  async down(): Promise<void> {}
}

/** The second half: fails after it has changed something. */
class Broken1999000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half_made (id varchar(36) PRIMARY KEY NOT NULL)');
    await runner.query('DELETE FROM office');
    await runner.query('ALTER TABLE no_such_table ADD COLUMN x int');
  }
  async down(): Promise<void> {}
}

const NAME = 'اداره پیش از ارتقا';

// On a server each place is a database of its own, made by every migration.
jest.setTimeout(60_000);

describe('the start of an installation', () => {
  let place: TestInstallation;
  afterEach(() => place.remove());

  it('makes no new keys beside data that were sealed with others', async () => {
    place = await newInstallation();
    const backend = await place.open();
    await claimInstallation(backend);
    await backend.close();
    rmSync(place.settings.keyFile);
    await expect(place.open()).rejects.toMatchObject({ messageEn: expect.stringContaining('is missing') });
    expect(existsSync(place.settings.keyFile)).toBe(false);
  });

  it('says in a sentence that the master key is not there, or is another', async () => {
    const KEY = (letter: string) => Buffer.from(letter.repeat(32)).toString('base64');
    place = await newInstallation(undefined, { MASTER_KEY: KEY('a') });
    await (await place.open()).close();
    const as = (env: Record<string, string>) =>
      openBackend(readSettings({ ...place.env, MASTER_KEY: '', ...env }), 'spec').then(
        () => 'started',
        (error: unknown) => (error instanceof CannotStart ? [error.messageFa, error.messageEn] : error),
      );
    expect(await as({ MASTER_KEY: KEY('b') })).toEqual([
      expect.stringContaining('کلید اصلی «MASTER_KEY» کلید پروندهٔ'),
      expect.stringContaining('MASTER_KEY is not the one of the key file'),
    ]);
    expect(await as({})).toEqual([expect.stringContaining('نیست'), expect.stringContaining('is missing')]);
    writeFileSync(`${place.settings.keyFile}.master`, 'x');
    expect(await as({ MASTER_KEY_FILE: `${place.settings.keyFile}.master` })).toEqual([
      expect.stringContaining('۳۲ بایت'),
      expect.stringContaining('holds no master key'),
    ]);
    // Nothing was made beside it, and with the right one it starts.
    expect(existsSync(place.settings.masterKeyFile)).toBe(false);
    await (await place.open()).close();
  });

  it('wraps the keys of the version before once its tables are at this version, and not sooner', async () => {
    place = await newInstallation();
    await (await place.open()).close();
    const { keyFile } = place.settings;
    writeFileSync(keyFile, plainKeys(keyFile, MasterKey.of(place.settings)));
    const version = () => (JSON.parse(readFileSync(keyFile, 'utf8')) as { version: number }).version;
    const backend = await place.open();
    expect(version()).toBe(1);
    await claimInstallation(backend);
    expect(version()).toBe(2);
    await expect(place.open().then(claimInstallation)).resolves.toMatchObject({ id: '1' });
  });

  it.each(['', '{"version":1', '{}', '{"version":1,"current":"k1","data":{"k1":"AAAA"},"index":"","link":""}'])(
    'says in a sentence that a key file is none: %s',
    async (text) => {
      place = await newInstallation();
      writeFileSync(place.settings.keyFile, text);
      await expect(place.open()).rejects.toMatchObject({ messageEn: expect.stringContaining('is no key file') });
    },
  );
});

describe('the start of a newer version', () => {
  let place: TestInstallation;
  afterEach(() => place.remove());

  /** An installation in use, and what is in its tables. */
  async function inUse() {
    place = await newInstallation();
    const backend = await place.open();
    await backend.database.write(SYSTEM, (tx) =>
      tx.insert(Office, {
        id: newId(),
        kind: OfficeKind.NATIONAL,
        path: '/',
        parentId: null,
        name: NAME,
        nameEn: 'Before the upgrade',
        provinceCode: null,
        countyCode: null,
        closedWeekdays: null,
      }),
    );
    return { backend, before: await content(backend) };
  }

  const content = ({ dataSource }: Backend) =>
    inSnapshot(dataSource, async (tables) => {
      const all: Record<string, unknown> = { history: await tables.history() };
      for (const shape of await tables.shapes()) all[shape.name] = await tables.fingerprint(shape);
      return all;
    });

  const newer = (dataSource: DataSource, ...added: (new () => MigrationInterface)[]) =>
    Object.assign(dataSource, { migrations: [...dataSource.migrations, ...added.map((type) => new type())] });

  const backups = () =>
    readdirSync(backupFolder(place.settings)).filter((name) => name !== basename(place.settings.personKeysFile));

  it('keeps every text as it is written, whatever letters the database was made for', async () => {
    place = await newInstallation();
    const backend = await place.open({ migrated: false });
    if (engine !== 'mariadb') return;
    await backend.dataSource.query('ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_swedish_ci');
    await migrate(backend);
    expect(
      await backend.dataSource.query(
        `SELECT DISTINCT TABLE_NAME FROM information_schema.COLUMNS
         WHERE TABLE_SCHEMA = DATABASE() AND COLLATION_NAME <> 'utf8mb4_bin' AND TABLE_NAME <> 'migrations'`,
      ),
    ).toEqual([]);
  });

  it('makes no backup of a database that is new or at its version', async () => {
    const { backend } = await inUse();
    await migrate(backend);
    expect(backups).toThrow('ENOENT');
  });

  it('backs up before it changes anything', async () => {
    const { backend } = await inUse();
    newer(backend.dataSource, Wider1999000000001);
    await migrate(backend);
    expect(backups()).toEqual([expect.stringMatching(/^before-upgrade-.*\.tar\.gz$/)]);
    expect(unfinished(place.settings)).toBeNull();
    expect(await backend.dataSource.query('SELECT name, phone FROM office')).toEqual([
      { name: 'changed', phone: null },
    ]);
  });

  it('keeps the backups of the last three upgrades', async () => {
    const { backend } = await inUse();
    mkdirSync(backupFolder(place.settings), { recursive: true });
    const old = [1, 2, 3].map((day) => backupBeforeUpgrade(place.settings, new Date(`2020-01-0${day}T00:00:00Z`)));
    for (const file of old) writeFileSync(file, '');
    newer(backend.dataSource, Wider1999000000001);
    await migrate(backend);
    expect(old.map((file) => existsSync(file))).toEqual([false, true, true]);
    expect(backups()).toHaveLength(3);
  });

  it('goes back to what was there when a migration fails, and says so', async () => {
    const { backend, before } = await inUse();
    newer(backend.dataSource, Wider1999000000001, Broken1999000000002);
    await expect(migrate(backend)).rejects.toMatchObject({
      messageFa: expect.stringContaining('ارتقا به این نسخه شکست خورد'),
      messageEn: expect.stringContaining('The data are as they were before it'),
    });
    expect(await content(backend)).toEqual(before);
    expect(unfinished(place.settings)).toBeNull();
    // The previous version runs on.
    const previous = await place.open();
    expect((await previous.database.read((tx) => tx.repo(Office).find())).map(({ name }) => name)).toEqual([NAME]);
  });

  it('makes the tables anew when the first start was killed among them', async () => {
    place = await newInstallation();
    const backend = await place.open({ migrated: false });
    // What a server keeps of a migration that was killed: some tables, and no word of it in the history.
    beginUnfinished(place.settings, { work: 'first tables' });
    await backend.dataSource.query('CREATE TABLE office (id varchar(36) PRIMARY KEY NOT NULL)');
    await migrate(backend);
    expect(await backend.dataSource.query('SELECT name FROM office')).toEqual([]);
    expect(unfinished(place.settings)).toBeNull();
  });

  it('leaves tables alone that another machine has filled since', async () => {
    const { backend, before } = await inUse();
    beginUnfinished(place.settings, { work: 'first tables' });
    await migrate(backend);
    expect(await content(backend)).toEqual(before);
    expect(unfinished(place.settings)).toBeNull();
  });

  it('goes back first when the upgrade before it was killed', async () => {
    const { backend, before } = await inUse();
    newer(backend.dataSource, Wider1999000000001, Broken1999000000002);
    await expect(migrate(backend)).rejects.toThrow('The upgrade');
    // A process that is killed in the second migration leaves the first one done, half of the second, and the note.
    const [archive = ''] = backups().map((name) => join(place.settings.dataDir, 'backups', name));
    beginUnfinished(place.settings, { work: 'upgrade', archive });
    const killed = await place.open({ migrated: false });
    await killed.dataSource.query('CREATE TABLE half_made (id varchar(36) PRIMARY KEY NOT NULL)');
    await killed.dataSource.query('DELETE FROM office');

    const next = await place.open();
    expect(await content(next)).toEqual(before);
    expect(unfinished(place.settings)).toBeNull();
  });

  it('refuses a place whose restore was cut off', async () => {
    const { backend } = await inUse();
    beginUnfinished(place.settings, { work: 'restore', archive: 'b.tar.gz' });
    await expect(migrate(backend)).rejects.toThrow('The restore of b.tar.gz was cut off');
  });
});
