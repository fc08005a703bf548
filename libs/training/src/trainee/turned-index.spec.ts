import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Backend, claimInstallation } from '@app/backend';
import { mobileIndexes } from '@app/messaging';
import { armFailpoint, indexAnew, Installation, KeyRotation, newId, SYSTEM, turnIndex } from '@app/platform';
import {
  engine,
  newEnrolments,
  newInstallation,
  newNationalId,
  newPlace,
  newRun,
  type TestInstallation,
  type TestPlace,
} from '@app/testing';
import { Enrolment } from '../enrolment/enrolment.entity.js';
import { EnrolmentService } from '../enrolment/enrolment.service.js';
import { TrainingGraduates } from '../graduate/graduates.service.js';
import { Trainee } from './trainee.entity.js';
import { Trainees } from './trainee.service.js';

jest.setTimeout(60_000);

const PEOPLE = 450;

describe('a person, while the index key turns', () => {
  let place: TestInstallation;
  let here: TestPlace;
  let backend: Backend;
  /** Another process, with its own knowledge of the keys; over SQLite there is but one. */
  let other: Backend;
  const known: string[] = [];

  const trainees = ({ keys, clock }: Backend) => new Trainees(keys, clock);
  const enrolments = (of: Backend) => new EnrolmentService(of.database, of.clock, trainees(of));
  const roomyRun = () => newRun(backend, here, { capacity: 2000 });
  const enrol = (of: Backend, runId: string, nationalId: string) =>
    enrolments(of)
      .enrol(here.manager, { runId, nationalId, givenName: 'زهرا', familyName: 'رضایی' })
      .then(
        () => 'enrolled',
        ({ reason }: { reason?: string }) => reason ?? 'failed',
      );
  const findable = (of: Backend, nationalIds: string[]) =>
    of.database.read(async (tx) => (await trainees(of).known(tx, nationalIds)).size);
  const turn = async () => {
    const [after = ''] = backend.keys.indexIds;
    await turnIndex(backend.database, backend.keys, after, backend.clock.now());
    return backend.keys.indexIds[0] as string;
  };
  const goOn = (keyId: string, of = backend) => indexAnew(of.database, of.keys, keyId, () => of.clock.now());
  const rotation = (id: string) => backend.database.read((tx) => tx.get(KeyRotation, { id }));
  /** The digests that stand, and to whom they belong by what is sealed. */
  const rows = () => backend.database.read((tx) => tx.repo(Trainee).find());
  const writtenBy = async (keyId: string) =>
    (await rows()).filter(
      ({ nationalId, nationalIdIndex }) => nationalIdIndex === backend.keys.blindIndex('nationalId', nationalId, keyId),
    ).length;
  const everyoneOnce = async () => {
    const ids = (await rows()).map(({ nationalId }) => nationalId);
    expect(ids.length - new Set(ids).size).toBe(0);
  };

  beforeAll(async () => {
    place = await newInstallation();
    backend = await place.open();
    await claimInstallation(backend);
    other = engine === 'sqlite' ? backend : await place.open();
    here = await newPlace(backend, { roomCapacity: 2000 });
    await newEnrolments(backend, await roomyRun(), PEOPLE);
    known.push(...(await rows()).map(({ nationalId }) => nationalId));
  });
  afterAll(() => place.remove());

  it('is found by the key before and by the new one, and is not added again by whoever looked before the turn', async () => {
    const keyId = await turn();
    expect(await backend.database.read((tx) => tx.get(Installation, { id: '1' }))).toMatchObject({ indexKey: keyId });
    expect(await writtenBy(keyId)).toBe(0);
    expect(await findable(backend, known)).toBe(PEOPLE);
    const [person = ''] = known;
    const form = {
      nationalId: person,
      givenName: 'ز',
      familyName: 'ر',
      fatherName: null,
      birthDay: null,
      mobile: null,
    };
    // Two that have found nobody, each in its own process, one of which has not looked at the key file since.
    for (const process of [other, backend])
      await process.database.write(SYSTEM, async (tx) =>
        expect((await trainees(process).add(tx, [form])).size).toBe(1),
      );
    const stranger = { ...form, nationalId: newNationalId() };
    const added = await Promise.all(
      [other, backend].map((of) => of.database.write(SYSTEM, (tx) => trainees(of).add(tx, [stranger]))),
    );
    expect(new Set(added.map((ids) => ids.get(stranger.nationalId))).size).toBe(1);
    await everyoneOnce();

    await goOn(keyId);
    expect(await writtenBy(keyId)).toBe(PEOPLE + 1);
    expect(await rotation(keyId)).toMatchObject({ finishedAt: expect.any(Date), rowsInAll: expect.any(Number) });
    expect(await findable(other, known)).toBe(PEOPLE);
    const [{ id, mobile }] = (await rows()) as [Trainee];
    const graduates = new TrainingGraduates();
    const numbers = mobileIndexes(other.keys, mobile as string);
    expect(
      (await other.database.read((tx) => graduates.at(tx, numbers))).some(({ traineeId }) => traineeId === id),
    ).toBe(true);
  });

  it('who is being added when it turns is added under the key before, and the turn waits', async () => {
    const [before = ''] = backend.keys.indexIds;
    const nationalId = newNationalId();
    const person = { nationalId, givenName: 'ز', familyName: 'ر', fatherName: null, birthDay: null, mobile: null };
    let [isHeld, goOnAdding] = [() => {}, () => {}];
    const held = new Promise<void>((resolve) => (isHeld = resolve));
    const told = new Promise<void>((resolve) => (goOnAdding = resolve));
    const adding = other.database.write(SYSTEM, async (tx) => {
      await tx.indexing();
      isHeld();
      await told;
      await trainees(other).add(tx, [person]);
    });
    await held;
    let turned = false;
    const turning = turn().then(() => (turned = true));
    await sleep(3500);
    expect(turned).toBe(false);
    goOnAdding();
    await adding;
    await turning;
    const [row] = (await rows()).filter((one) => one.nationalId === nationalId);
    expect(row?.nationalIdIndex).toBe(backend.keys.blindIndex('nationalId', nationalId, before));
    const run = await roomyRun();
    expect(await enrol(backend, run.id, nationalId)).toBe('enrolled');
    expect(await enrol(other, run.id, nationalId)).toBe('ALREADY_ENROLLED');
    await goOn(backend.keys.indexIds[0] as string);
    await everyoneOnce();
  });

  it('is enrolled once and never lost, however many enrol meanwhile and wherever the work is cut off', async () => {
    const run = await roomyRun();
    const strangers = Array.from({ length: 60 }, newNationalId);
    const asked = [...strangers, ...known.slice(0, 60)];
    const people = (await rows()).length;
    let over = false;
    let looks = 0;
    const misses: string[] = [];
    const look = async (of: Backend) => {
      while (!over) {
        const some = Array.from({ length: 20 }, () => known[(looks++ * 7) % PEOPLE] as string);
        // SQLite answers at once: others must have their turn.
        await sleep(1);
        if ((await findable(of, some)) !== new Set(some).size) misses.push(some.join());
      }
    };
    const looking = [look(backend), look(other)];
    const answers: string[][] = [];
    const enrolAll = async (of: Backend) => {
      for (const nationalId of asked) answers.push([nationalId, await enrol(of, run.id, nationalId)]);
    };
    const enrolling = [enrolAll(backend), enrolAll(other)];
    const keyId = await turn();
    armFailpoint('keys.after-block:error:2');
    await expect(goOn(keyId)).rejects.toThrow('on purpose');
    expect(await rotation(keyId)).toMatchObject({ finishedAt: null });
    await goOn(keyId, other);
    await Promise.all(enrolling);
    over = true;
    await Promise.all(looking);

    expect(misses).toEqual([]);
    expect(looks).toBeGreaterThan(100);
    // Of the two who asked for each, one enrolled the person and the other was told so.
    for (const nationalId of asked)
      expect(answers.filter(([who]) => who === nationalId).map(([, told]) => told).sort()).toEqual(
        ['ALREADY_ENROLLED', 'enrolled'],
      ); // prettier-ignore
    expect(await backend.database.read((tx) => tx.repo(Enrolment).countBy({ runId: run.id }))).toBe(asked.length);
    expect((await rows()).length).toBe(people + strangers.length);
    await everyoneOnce();
    expect(await writtenBy(keyId)).toBe(people + strangers.length);
  });

  it('is the same again when the turning is run twice, and no older key file starts with these data', async () => {
    const [keyId = ''] = backend.keys.indexIds;
    const done = await rotation(keyId);
    await turnIndex(backend.database, backend.keys, 'i1', backend.clock.now());
    await goOn(keyId);
    expect(backend.keys.indexIds[0]).toBe(keyId);
    expect(await rotation(keyId)).toEqual(done);
    await backend.database.write(SYSTEM, (tx) => tx.update(Installation, { id: '1' }, { indexKey: 'i9' }));
    await expect(claimInstallation(backend)).rejects.toThrow('older than the data');
    await expect(
      backend.database.write(SYSTEM, async (tx) => (await tx.indexing())('nationalId', newId())),
    ).rejects.toThrow('not here: i9');
  });
});
