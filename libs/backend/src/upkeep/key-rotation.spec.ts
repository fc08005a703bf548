import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Role } from '@app/access';
import { armFailpoint, beginRotation, KeyRotation, newId, sealAnew, SYSTEM } from '@app/platform';
import {
  newEnrolments,
  newInstallation,
  newPlace,
  newRun,
  testAgreements,
  type TestInstallation,
  withAccount,
} from '@app/testing';
import { Trainee } from '@app/training';
import type { Backend } from '../backend.js';
import { claimInstallation } from '../installation/claim-installation.js';
import { doctor, doctorReport } from './doctor.js';
import { KeyRotationByTwo } from './key-rotation.js';

jest.setTimeout(120_000);

const PEOPLE = 450;

describe('a rotation of the keys', () => {
  let place: TestInstallation;
  let backend: Backend;
  /** A process that was there before the rotation, with its own copy of the keys. */
  let other: Backend;
  let names: Map<string, string>;

  const people = ({ database }: Backend) => database.read((tx) => tx.repo(Trainee).find());
  const sealedBy = async (keyId: string) => {
    const rows = await backend.database.read((tx) =>
      tx.query<{ nationalId: string; givenName: string; mobile: string }>(
        'SELECT nationalId, givenName, mobile FROM trainee',
      ),
    );
    return rows.filter((row) => Object.values(row).every((value) => value.startsWith(`${keyId}:`))).length;
  };
  const rotation = (id: string) => backend.database.read((tx) => tx.get(KeyRotation, { id }));
  const goOn = (keyId: string, of = backend) => sealAnew(of.database, of.keys, keyId, () => of.clock.now());
  const rotate = async () => {
    const keyId = backend.keys.addDataKey();
    await beginRotation(backend.database, keyId, backend.clock.now());
    return keyId;
  };

  beforeAll(async () => {
    place = await newInstallation();
    backend = await place.open();
    other = await place.open();
    await newEnrolments(backend, await newRun(backend, await newPlace(backend)), 8);
    const run = await newRun(backend, await newPlace(backend));
    await backend.database.write(SYSTEM, (tx) =>
      tx.execute('UPDATE course_run SET capacity = 1000 WHERE id = ?', [run.id]),
    );
    await newEnrolments(backend, run, PEOPLE - 8);
    names = new Map((await people(backend)).map(({ id, nationalId }) => [id, nationalId]));
  });
  afterAll(() => place.remove());

  it('seals with the new key at once, opens with both, and seals all the rest anew', async () => {
    const keyId = await rotate();
    expect(keyId).toBe('k2');
    expect(backend.keys.currentId).toBe('k2');
    await goOn(keyId);
    expect(await sealedBy('k2')).toBe(PEOPLE);
    expect(await rotation('k2')).toMatchObject({ finishedAt: expect.any(Date) });
    expect((await rotation('k2')).rowsInAll).toBeGreaterThanOrEqual(PEOPLE);
    // The other process has not been told, and reads on.
    for (const { id, nationalId } of await people(other)) expect(nationalId).toBe(names.get(id));
    expect(doctorReport(await doctor(backend, { fast: true }))).toContain(
      'the current key is k2; sealed anew under k2',
    );
  });

  it('is cut off in the midst of a table and goes on from there', async () => {
    const keyId = await rotate();
    // In the midst of the trainees: before their first block come ten tables of one block each.
    armFailpoint('keys.after-block:error:11');
    await expect(goOn(keyId)).rejects.toThrow('on purpose');
    expect(await rotation(keyId)).toMatchObject({ tableName: 'trainee', finishedAt: null });
    const before = await sealedBy(keyId);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(PEOPLE);
    await goOn(keyId);
    expect(await sealedBy(keyId)).toBe(PEOPLE);
    // What was done before the cut is noted with it: as many rows as of the rotation that was not cut off.
    expect((await rotation(keyId)).rowsInAll).toBe((await rotation('k2')).rowsInAll);
    for (const { id, nationalId } of await people(backend)) expect(nationalId).toBe(names.get(id));
  });

  it('loses nothing that is changed meanwhile, by this process or one that seals with the old key', async () => {
    const keyId = await rotate();
    const all = [...names.keys()];
    let at = 0;
    const changed = new Map<string, string>();
    const change = async (of: Backend) => {
      while (at < 120) {
        const id = all[(at++ * 7) % all.length] as string;
        const mobile = `0912${String(at).padStart(7, '0')}`;
        await of.database.write(SYSTEM, (tx) => tx.update(Trainee, { id }, { mobile }));
        changed.set(id, mobile);
      }
    };
    await Promise.all([change(backend), change(other), goOn(keyId)]);
    expect(await sealedBy(keyId)).toBe(PEOPLE);
    for (const { id, mobile } of await people(backend)) expect(mobile).toBe(changed.get(id) ?? '09120000000');
    for (const { id, nationalId } of await people(other)) expect(nationalId).toBe(names.get(id));
  });

  it('is asked for at the server, and made once when an administrator agrees', async () => {
    const { database, keys, clock } = backend;
    const agreements = testAgreements(database, clock);
    const rotations = new KeyRotationByTwo(database, keys, clock, agreements, undefined as never);
    rotations.onModuleInit();
    const after = keys.currentId;
    const [asked, late] = [await rotations.ask('data', 'keys rotate'), await rotations.ask('data', 'keys rotate')];
    expect(keys.currentId).toBe(after);
    expect(asked).toMatchObject({ askedBy: null, details: [{ name: 'KEY', value: after }] });

    const administrator = await withAccount(database, { role: Role.ADMINISTRATOR, userId: newId() });
    expect(await agreements.agree(administrator, asked.id)).toMatchObject({ state: 'DONE' });
    for (let twice = 0; twice < 2; twice++) await rotations.rotate({ after });
    expect(keys.currentId).toBe(`k${Number(after.slice(1)) + 1}`);
    expect(await rotation(keys.currentId)).toMatchObject({ finishedAt: null });
    expect(await agreements.agree(administrator, late.id)).toMatchObject({ state: 'FAILED', outcome: 'KEY_CHANGED' });
  });

  it('of the index key and of the vault is agreed to in the same way', async () => {
    const { database, keys, clock } = backend;
    await claimInstallation(backend);
    const agreements = testAgreements(database, clock);
    const turned: string[] = [];
    const vault = { currentId: async () => 'k1', turn: async (after: string) => void turned.push(after) };
    const rotations = new KeyRotationByTwo(database, keys, clock, agreements, vault as never);
    rotations.onModuleInit();
    const administrator = await withAccount(database, { role: Role.ADMINISTRATOR, userId: newId() });
    for (const [kind, after] of [
      ['index', 'i1'],
      ['referral', 'referral:k1'],
    ] as const) {
      const { id, details } = await rotations.ask(kind, 'keys rotate');
      expect(details).toEqual([{ name: 'KEY', value: after }]);
      expect(await agreements.agree(administrator, id)).toMatchObject({ state: 'DONE' });
      for (let twice = 0; twice < 2; twice++) await rotations.rotate({ after });
    }
    expect(turned).toEqual(['k1', 'k1']);
    expect(keys.indexIds).toEqual(['i2', 'i1']);
    expect(await rotation('i2')).toMatchObject({ finishedAt: null });
    expect(doctorReport(await doctor(backend, { fast: true }))).toContain('indexed anew under i2: 0 rows, goes on');
  });

  it('is one at a time', async () => {
    const { writeFileSync, rmSync } = await import('node:fs');
    writeFileSync(`${place.settings.keyFile}.rotating`, '');
    expect(() => backend.keys.addDataKey()).toThrow('EEXIST');
    rmSync(`${place.settings.keyFile}.rotating`);
  });
});
