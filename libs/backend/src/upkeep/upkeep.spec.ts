import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { v7 } from 'uuid';
import { Upload, Uploads, uploadKey } from '@app/documents';
import {
  asCall,
  AuditFault,
  headsKey,
  IdempotencyKey,
  newId,
  Rates,
  RateWindow,
  SYSTEM,
  verifyAudit,
} from '@app/platform';
import { type TestInstallation, newInstallation, TestClock } from '@app/testing';
import type { Backend } from '../backend.js';
import { backupFolder } from './backups.js';
import { UpkeepJobs } from './upkeep.jobs.js';

const DAY_MS = 86_400_000;
const actor = { userId: newId() };

// On a server each place is a database of its own, made by every migration.
jest.setTimeout(60_000);

describe('the upkeep of a night', () => {
  const clock = new TestClock();
  let place: TestInstallation;
  let backend: Backend;
  let uploads: Uploads;

  const start = async (more: Record<string, string> = {}) => {
    place = await newInstallation(undefined, more);
    backend = await place.open();
    uploads = new Uploads(backend.database, backend.files, backend.keys, clock);
  };
  beforeEach(() => clock.set('2026-11-21'));
  afterEach(() => place.remove());
  const jobs = () => {
    const { settings, database, files, keys, log, chainer } = backend;
    return new UpkeepJobs(settings, database, files, keys, clock, log, uploads, chainer);
  };
  const night = (day: string) => jobs().backUp({ day } as never);

  it('backs up, keeps the last seven, and makes one a day however often it runs', async () => {
    await start();
    const days = Array.from({ length: 9 }, (_, i) => `2026-11-${String(i + 1).padStart(2, '0')}`);
    for (const day of days) await night(day);
    await night('2026-11-09');
    expect(readdirSync(backupFolder(place.settings)).sort()).toEqual([
      ...days.slice(2).map((day) => `nightly-${day}.tar.gz`),
      'person-keys.tar.gz',
    ]);
  });

  it('signs the ends of the audit trail once a day, and the backup takes the heads along', async () => {
    await start();
    await jobs().signHeads({ day: '2026-11-21' } as never);
    const signed = await backend.files.get(headsKey('2026-11-21'));
    await jobs().signHeads({ day: '2026-11-21' } as never);
    expect(await backend.files.get(headsKey('2026-11-21'))).toEqual(signed);
    expect(await verifyAudit(backend.database, backend.files, backend.keys)).toMatchObject({ days: 1, bad: [] });
    await backend.files.remove(headsKey('2026-11-21'));
    expect(await verifyAudit(backend.database, backend.files, backend.keys)).toMatchObject({
      bad: [{ fault: AuditFault.HEAD_FORGED, day: '2026-11-21' }],
    });
  });

  it('makes no backup when it is switched off', async () => {
    await start({ NIGHTLY_BACKUP: 'off' });
    await night('2026-11-21');
    expect(() => readdirSync(backupFolder(place.settings))).toThrow('ENOENT');
  });

  it('removes uploads after a week, with their files', async () => {
    await start();
    const old = await uploads.keep(actor as never, 'old.xlsx', Buffer.from('old'));
    clock.forward(6 * DAY_MS);
    const young = await uploads.keep(actor as never, 'young.xlsx', Buffer.from('young'));
    clock.forward(DAY_MS);
    await jobs().forgetUploads();
    expect(await backend.files.has(uploadKey(old.id))).toBe(true);
    clock.forward(1);
    for (let twice = 0; twice < 2; twice++) await jobs().forgetUploads();
    expect(await backend.files.has(uploadKey(old.id))).toBe(false);
    expect(await backend.files.has(uploadKey(young.id))).toBe(true);
    expect((await backend.database.read((tx) => tx.repo(Upload).find())).map(({ id }) => id)).toEqual([young.id]);
  });

  it('removes the file of an upload that was killed before its row, and no younger one', async () => {
    await start();
    const made = (day: string) => uploadKey(v7({ msecs: Date.parse(day) }));
    const [old, young] = [made('2026-11-13T23:59:00Z'), made('2026-11-20')];
    for (const key of [old, young]) await backend.files.put(key, Buffer.from('sealed'));
    for (let twice = 0; twice < 2; twice++) await jobs().forgetUploads();
    expect(await backend.files.has(old)).toBe(false);
    expect(await backend.files.has(young)).toBe(true);
  });

  it('removes the counts of minutes that are over', async () => {
    await start();
    const { database, keys, log } = backend;
    const rates = new Rates(database, keys, clock, log);
    rates.take('address', '203.0.113.7', 10);
    await rates.tell();
    const left = () => database.read((tx) => tx.repo(RateWindow).count());
    await jobs().forgetRates();
    expect(await left()).toBe(1);
    clock.forward(60_001);
    for (let twice = 0; twice < 2; twice++) await jobs().forgetRates();
    expect(await left()).toBe(0);
  });

  it('removes kept answers after thirty days', async () => {
    await start();
    await asCall('key', 'spec', {}, () => backend.database.write(SYSTEM, async () => 'answer'));
    const left = () => backend.database.read((tx) => tx.repo(IdempotencyKey).count());
    clock.set(backend.clock.today());
    clock.forward(29 * DAY_MS);
    await jobs().forgetAnswers();
    expect(await left()).toBe(1);
    clock.forward(3 * DAY_MS);
    for (let twice = 0; twice < 2; twice++) await jobs().forgetAnswers();
    expect(await left()).toBe(0);
  });
});
