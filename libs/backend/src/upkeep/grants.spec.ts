import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Chainer, readSettings, SYSTEM } from '@app/platform';
import {
  engine,
  newEnrolments,
  newInstallation,
  newPlace,
  newRun,
  PRODUCTION,
  type TestInstallation,
} from '@app/testing';
import { type Backend, openBackend } from '../backend.js';
import { migrate } from '../prepare.js';
import { doctor } from './doctor.js';
import { applyGrants, grantStatements, grantsTooWide, mayMakeTables } from './grants.js';
import { BackupMade } from './upkeep.events.js';

jest.setTimeout(120_000);

describe('SQLite, which has no users', () => {
  let place: TestInstallation;
  let backend: Backend;

  beforeAll(async () => {
    place = await newInstallation('sqlite');
    backend = await place.open();
    await backend.database.write(SYSTEM, async (tx) => tx.emit(BackupMade, { day: '2026-11-22' }));
  });
  afterAll(() => place.remove());

  const trail = () => backend.dataSource.query<{ name: string }[]>('SELECT * FROM business_event');

  it.each([
    ['change', "UPDATE business_event SET name = 'x'"],
    ['take from', 'DELETE FROM business_event'],
    ['overwrite', 'INSERT OR REPLACE INTO business_event SELECT * FROM business_event'],
  ])('13.2.2 lets nobody %s the audit trail', async (_, statement) => {
    const before = await trail();
    expect(before).toHaveLength(1);
    await expect(backend.dataSource.query(statement)).rejects.toThrow(/business_event/);
    expect(await trail()).toEqual(before);
  });

  it('is told by the doctor to have triggers in the place of rights, also in production', async () => {
    const settings = readSettings({ ...place.env, ...PRODUCTION });
    const found = (await doctor({ ...backend, settings }, { fast: true })).find(({ name }) => name === 'grants');
    expect(found).toMatchObject({ looked: { en: 'triggers guard the audit trail' }, wrong: [] });
    expect(await mayMakeTables(backend.dataSource)).toBe(true);
  });
});

// Only a server has users: this half runs with the part of the tests that has one, and that part runs always.
if (engine === 'mariadb')
  describe('the users of a MariaDB server', () => {
    aboutUsers();
  });

function aboutUsers() {
  let place: TestInstallation;
  let empty: TestInstallation;
  let root: Backend;
  let application: Backend;
  const unique = Date.now().toString(36);
  const users = { application: `app_${unique}`, migration: `mig_${unique}` };
  const opened: Backend[] = [];

  const urlOf = (installation: TestInstallation, user: string) => {
    const url = new URL(String(installation.env.DATABASE_URL));
    [url.username, url.password] = [user, 'secret'];
    return url.href;
  };
  const as = async (installation: TestInstallation, user: string, more: Record<string, string> = {}) => {
    const settings = readSettings({ ...installation.env, DATABASE_URL: urlOf(installation, user), ...more });
    const backend = await openBackend(settings, 'spec');
    opened.push(backend);
    return backend;
  };
  const adminUrl = () => String(place.env.DATABASE_URL);

  beforeAll(async () => {
    place = await newInstallation('mariadb');
    empty = await newInstallation('mariadb');
    root = await place.open();
    for (const user of Object.values(users))
      await root.dataSource.query(`CREATE USER '${user}'@'%' IDENTIFIED BY 'secret'`);
    // More than it needs: it is taken away.
    await root.dataSource.query(`GRANT ALL PRIVILEGES ON *.* TO '${users.application}'@'%'`);
    await applyGrants(adminUrl(), grantStatements(root.dataSource, users));
    application = await as(place, users.application);
  });
  afterAll(async () => {
    for (const backend of opened) await backend.close();
    for (const user of Object.values(users)) await root.dataSource.query(`DROP USER '${user}'@'%'`);
    await place.remove();
    await empty.remove();
  });

  it('let the application work: it starts, writes units with their events, and links them', async () => {
    await migrate(application);
    await newEnrolments(application, await newRun(application, await newPlace(application)), 3);
    const { database, log } = application;
    await database.write(SYSTEM, async (tx) => tx.execute("UPDATE enrolment SET status = 'WITHDRAWN'"));
    await database.write(SYSTEM, async (tx) => tx.execute('DELETE FROM job'));
    await new Chainer(database, log).link();
    expect(await database.read((tx) => tx.query('SELECT id FROM course_run FOR UPDATE'))).toHaveLength(1);
  });

  it.each([
    ['change the audit trail', "UPDATE business_event SET name = 'x'"],
    ['take from the audit trail', 'DELETE FROM business_event'],
    ['empty the audit trail', 'TRUNCATE business_event'],
    ['drop a table', 'DROP TABLE enrolment'],
    ['change a table', 'ALTER TABLE enrolment ADD COLUMN x INT'],
    ['make a table', 'CREATE TABLE x (id INT)'],
    ['take a trigger away', 'DROP TRIGGER business_event_no_update'],
    ['rewrite its history', "INSERT INTO migrations (timestamp, name) VALUES (1, 'x')"],
    ['give itself rights', `GRANT ALL PRIVILEGES ON *.* TO '${users.application}'@'%'`],
  ])('13.2.2 do not let the application %s', async (_, statement) => {
    await expect(application.dataSource.query(statement)).rejects.toThrow(/denied/i);
  });

  it('let the migration user make all tables of an empty database', async () => {
    const unmade = await empty.open({ migrated: false });
    const forEmpty = grantStatements(unmade.dataSource, users).filter((one) =>
      one.includes(`.* TO '${users.migration}'`),
    );
    await applyGrants(adminUrl(), forEmpty);
    const migrating = await as(empty, users.migration);
    await migrate(migrating);
    expect(await migrating.dataSource.showMigrations()).toBe(false);
  });

  it('do not let the application upgrade: it says who does, and has touched nothing', async () => {
    const history = 'migrations ORDER BY id DESC LIMIT 1';
    const [last] = await root.dataSource.query<{ timestamp: string; name: string }[]>(`SELECT * FROM ${history}`);
    await root.dataSource.query(`DELETE FROM ${history}`);
    await expect(migrate(application)).rejects.toMatchObject({ messageEn: expect.stringContaining('migration user') });
    await root.dataSource.query('INSERT INTO migrations (timestamp, name) VALUES (?, ?)', [
      last?.timestamp,
      last?.name,
    ]);
    await migrate(application);
    expect(await application.database.read((tx) => tx.query('SELECT id FROM enrolment'))).toHaveLength(3);
  });

  it('are looked at by the doctor, which tells in production what is too much', async () => {
    expect(await grantsTooWide(application.database)).toEqual([]);
    expect((await grantsTooWide(root.database)).join()).toContain('ALL PRIVILEGES ON *.*');
    const found = async (backend: Backend) =>
      (await doctor({ ...backend, settings: readSettings({ ...place.env, ...PRODUCTION }) }, { fast: true })).find(
        ({ name }) => name === 'grants',
      );
    expect((await found(application))?.wrong).toEqual([]);
    expect((await found(root))?.wrong[0]?.en).toContain('ALL PRIVILEGES ON *.* is not needed');
    expect((await doctor(root, { fast: true })).find(({ name }) => name === 'grants')?.wrong).toEqual([]);
  });

  it('have names that say nothing else to the server', () => {
    expect(() => grantStatements(root.dataSource, { ...users, application: "a'@'%'; DROP" })).toThrow('Not the name');
  });
}
