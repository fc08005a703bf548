import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Certificate, CertificateStatus } from '@app/certification';
import { DocumentState, fileKey, StoredDocument } from '@app/documents';
import {
  beginRotation,
  IdempotencyKey,
  Keys,
  newId,
  PersonKey,
  personalProperties,
  sealAnew,
  SYSTEM,
} from '@app/platform';
import { Referral } from '@app/referral';
import { newBranch, newEnrolments, newInstallation, newPlace, newRun, type TestInstallation } from '@app/testing';
import {
  CourseRun,
  IdentityCheck,
  loadReferenceData,
  MergedTrainee,
  MobileChange,
  MobileChangeState,
  Trainee,
} from '@app/training';
import type { Backend } from '../backend.js';
import { backup, forgetShredded } from './backup.js';
import { doctor } from './doctor.js';
import { shredDays } from './person-keys.js';
import { personParts } from './person-parts.js';
import { restore } from './restore.js';
import { eraseByRule } from './retention.js';
import { inSnapshot } from './tables.js';

const PASSPHRASE = 'a long passphrase';

// On a server each place is a database of its own, made by every migration.
jest.setTimeout(120_000);

describe('the key of what is erased together', () => {
  const folder = mkdtempSync(join(tmpdir(), 'maharat-person-keys-'));
  const old = join(folder, 'old.tar.gz');
  /** The keys of persons as they were with the old archive: what nobody should have kept. */
  const oldKeys = join(folder, 'kept-against-advice.tar.gz');
  const places: TestInstallation[] = [];
  const place = async (more: Record<string, string> = {}) => {
    const made = await newInstallation(undefined, more);
    places.push(made);
    return made;
  };
  let source: TestInstallation;
  let backend: Backend;
  const people: Record<'long ago' | 'lately', string> = { 'long ago': '', lately: '' };
  const certificates: Record<'old' | 'young', string> = { old: '', young: '' };
  const papers: Record<string, string> = {};
  const holders: Record<string, string> = {};

  const enrolled = async (endsOn: string, mobile: string) => {
    const { database } = backend;
    const run = await newRun(backend, await newPlace(backend));
    const [enrolment] = await newEnrolments(backend, run, 1);
    if (!enrolment) throw new Error('Nobody was enrolled');
    const { traineeId: id } = enrolment;
    await database.write(SYSTEM, async (tx) => {
      await tx.update(CourseRun, { id: run.id }, { endsOn });
      await tx.update(Trainee, { id }, { mobile, mobileIndex: backend.keys.blindIndex('mobile', mobile) });
      await tx.execute('UPDATE trainee SET createdAt = ? WHERE id = ?', [new Date('2010-01-01'), id]);
      await tx.insert(MobileChange, {
        ...{ traineeId: id, oldMobile: '09350000000', newMobile: mobile, vouching: 'با کارت ملی آمد' },
        ...{ identityCheck: IdentityCheck.NATIONAL_CARD, state: MobileChangeState.DONE, vouchedById: newId() },
        ...{ vouchedAt: new Date(), takesEffectAt: new Date(), settledAt: new Date() },
      });
    });
    return enrolment;
  };
  const certified = async (issuedOn: string, number: number, name: string, endsOn = '2026-01-01') => {
    const { id: enrolmentId, runId, traineeId } = await enrolled(endsOn, `0912000000${number}`);
    const id = newId();
    const paper = Buffer.from(`%PDF ${name}`);
    const sha256 = createHash('sha256').update(paper).digest('hex');
    await backend.files.put(fileKey(sha256), paper);
    papers[id] = sha256;
    holders[id] = traineeId;
    await backend.database.write(SYSTEM, async (tx) => {
      await tx.insert(Certificate, {
        ...{ id, enrolmentId, runId, batchId: newId(), provinceCode: '15', jalaliYear: 1405, number },
        ...{ code: `CODE${number}`, status: CertificateStatus.VALID, issuedOn, issuedAt: new Date(), issuedBy: 'x' },
        printed: JSON.stringify({ serial: `15-1405-${number}`, holderFamilyName: name, nationalId: '0843832339' }),
      });
      await tx.insert(StoredDocument, {
        ...{ kind: 'CERTIFICATE', subjectId: id, state: DocumentState.READY, sha256, bytes: paper.length },
        ...{ reason: null, requestedBy: 'x', requestedAt: new Date(), readyAt: new Date() },
        ...{ fileName: 'c.pdf', mimeType: 'application/pdf' },
      });
    });
    return id;
  };
  const restored = async (archive: string, personKeys: string, more: Record<string, string> = {}) => {
    const target = await place({ PERSON_KEYS_FILE: personKeys, ...more });
    await restore(target.settings, archive, PASSPHRASE);
    return target.open();
  };
  const trainee = ({ database }: Backend, id: string) => database.read((tx) => tx.get(Trainee, { id }));
  const certificate = ({ database }: Backend, id: string) => database.read((tx) => tx.get(Certificate, { id }));
  const paper = async ({ database, files }: Backend, subjectId: string) => {
    const { state, sha256 } = await database.read((tx) => tx.get(StoredDocument, { subjectId }));
    return { state, sha256, there: await files.has(fileKey(String(sha256))) };
  };
  const content = ({ dataSource }: Backend) =>
    inSnapshot(dataSource, async (tables) => {
      const all: Record<string, unknown> = {};
      for (const shape of await tables.shapes()) all[shape.name] = await tables.fingerprint(shape);
      return all;
    });

  beforeAll(async () => {
    source = await place();
    backend = await source.open();
    await loadReferenceData(backend.database);
    people['long ago'] = (await enrolled('2020-01-01', '09121111111')).traineeId;
    people.lately = (await enrolled('2026-01-01', '09122222222')).traineeId;
    certificates.old = await certified('1990-01-01', 1, 'رضایی');
    certificates.young = await certified('2026-01-01', 2, 'گیلانی');
    const { branch } = await newBranch(backend);
    for (const touchedOn of ['2020-01-01', backend.clock.today()])
      await backend.database.write(SYSTEM, (tx) =>
        tx.insert(Referral, { branchId: branch.id, personIndex: touchedOn, sealed: `of ${touchedOn}`, touchedOn }),
      );
    await backup(backend, old, { passphrase: PASSPHRASE });
    copyFileSync(source.settings.personKeysFile, oldKeys);
  });
  afterAll(async () => {
    for (const one of places) await one.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is in no archive, and brings everything back as it was', async () => {
    const text = gunzipSync(readFileSync(old)).toString();
    for (const { id, secret } of await backend.database.read((tx) => tx.query<PersonKey>('SELECT * FROM person_key'))) {
      expect(text).not.toContain(secret);
      expect(text).toContain(id);
    }
    // No digest by which a number could be tried out.
    for (const mobile of ['09121111111', '09122222222'])
      expect(text).not.toContain(backend.keys.blindIndex('mobile', mobile));
    expect(text).not.toContain('%PDF');
    const copy = await restored(old, oldKeys);
    expect(await content(copy)).toEqual(await content(backend));
    expect(await trainee(copy, people['long ago'])).toMatchObject({ mobile: '09121111111' });
    expect(await paper(copy, certificates.old)).toMatchObject({ state: DocumentState.READY, there: true });
  });

  it('is shredded with what a rule erases: the old archive opens it no more, nor what was erased since', async () => {
    expect((await eraseByRule(backend.database, backend.files, backend.clock.today())).map(({ rows }) => rows)).toEqual(
      [1, 1, 0, 1],
    );
    await backup(backend, join(folder, 'new.tar.gz'), { passphrase: PASSPHRASE });

    const copy = await restored(old, source.settings.personKeysFile);
    expect(await trainee(copy, people['long ago'])).toMatchObject({ mobile: null, mobileIndex: null });
    expect(await trainee(copy, people.lately)).toMatchObject({ mobile: '09122222222' });
    const changes = await copy.database.read((tx) => tx.repo(MobileChange).find());
    expect(changes.map(({ traineeId }) => traineeId)).not.toContain(people['long ago']);
    expect(changes).toHaveLength(3);
    expect((await copy.database.read((tx) => tx.repo(Referral).find())).map(({ sealed }) => sealed)).toEqual([
      `of ${backend.clock.today()}`,
    ]);

    // The certificate answers as ever, without a name.
    const erased = await certificate(copy, certificates.old);
    expect(erased).toMatchObject({ number: 1, code: 'CODE1', status: CertificateStatus.VALID, issuedOn: '1990-01-01' });
    expect(erased.printed).toContain('15-1405-1');
    expect(erased.printed).not.toContain('رضایی');
    const { sha256 } = await backend.database.read((tx) => tx.get(StoredDocument, { subjectId: certificates.old }));
    expect(await paper(copy, certificates.old)).toEqual({ state: DocumentState.ERASED, sha256, there: false });
    expect(sha256).toBe(papers[certificates.old]);
    expect((await certificate(copy, certificates.young)).printed).toContain('گیلانی');
    expect(await paper(copy, certificates.young)).toMatchObject({ state: DocumentState.READY, there: true });
    expect((await doctor(copy)).find(({ name }) => name === 'papers')?.wrong).toEqual([]);
  });

  it('goes from the file of keys as soon as something is erased, not with the next backup only', async () => {
    const id = (await enrolled('2020-01-01', '09123333333')).traineeId;
    const archive = join(folder, 'third.tar.gz');
    await backup(backend, archive, { passphrase: PASSPHRASE });
    await eraseByRule(backend.database, backend.files, backend.clock.today());
    await forgetShredded(backend);
    expect(await trainee(await restored(archive, source.settings.personKeysFile), id)).toMatchObject({ mobile: null });
  });

  it('opens what was sealed before a rotation of the keys that seal it', async () => {
    const keyId = backend.keys.addDataKey();
    await beginRotation(backend.database, keyId, backend.clock.now());
    await sealAnew(backend.database, backend.keys, keyId, () => backend.clock.now());
    await backup(backend, join(folder, 'rotated.tar.gz'), { passphrase: PASSPHRASE });
    // The key file in the old archive does not know the new key; the one beside the keys of persons does.
    const copy = await restored(old, source.settings.personKeysFile);
    expect(await trainee(copy, people.lately)).toMatchObject({ mobile: '09122222222' });
  });

  it('is one for a day of what is kept for days only, and goes with the day', async () => {
    const { database, clock } = backend;
    const today = clock.now();
    const longAgo = new Date('2026-01-01T12:00:00Z');
    const answer = (at: Date) => ({
      ...{ id: createHash('sha256').update(at.toISOString()).digest('hex'), operation: 'reveal', bodyHash: 'b' },
      ...{ answer: backend.keys.seal('0912', 'x'), secret: false, createdAt: at },
    });
    await database.write(SYSTEM, (tx) => tx.insertMissing(IdempotencyKey, [answer(today), answer(longAgo)]));
    const archive = join(folder, 'answers.tar.gz');
    await backup(backend, archive, { passphrase: PASSPHRASE });
    await database.write(SYSTEM, (tx) => tx.execute('DELETE FROM idempotency_key WHERE createdAt < ?', [today]));
    for (const removed of [1, 0]) expect(await shredDays(database, clock.today())).toBe(removed);
    await forgetShredded(backend);
    const copy = await restored(archive, source.settings.personKeysFile);
    const kept = await copy.database.read((tx) => tx.repo(IdempotencyKey).find());
    expect(kept.map(({ createdAt }) => createdAt)).toEqual([today]);
  });

  it('of a merged person goes with the number of the one that is kept', async () => {
    const { database } = backend;
    const keptId = (await enrolled('2020-01-01', '09124444444')).traineeId;
    const id = (await enrolled('2020-01-01', '09125555555')).traineeId;
    const archive = join(folder, 'merged.tar.gz');
    await backup(backend, archive, { passphrase: PASSPHRASE });
    await database.write(SYSTEM, async (tx) => {
      await tx.execute('UPDATE trainee SET mobile = NULL, mobileIndex = NULL WHERE id = ?', [id]);
      await tx.execute('UPDATE mobile_change SET traineeId = ? WHERE traineeId = ?', [keptId, id]);
      await tx.insert(MergedTrainee, { id, keptId, mergedAt: new Date() });
    });
    const mobiles = async () => {
      const copy = await restored(archive, source.settings.personKeysFile);
      return Promise.all([keptId, id].map(async (one) => (await trainee(copy, one)).mobile));
    };
    await forgetShredded(backend);
    expect(await mobiles()).toEqual(['09124444444', '09125555555']);
    await eraseByRule(database, backend.files, backend.clock.today());
    await forgetShredded(backend);
    expect(await mobiles()).toEqual([null, null]);
  });

  it('goes with the name of who has only old certificates, from the register too', async () => {
    const { database } = backend;
    const id = await certified('1990-05-01', 3, 'صبوری', '1990-04-01');
    const archive = join(folder, 'names.tar.gz');
    await backup(backend, archive, { passphrase: PASSPHRASE });
    await eraseByRule(database, backend.files, backend.clock.today());
    await forgetShredded(backend);
    const nobody = { givenName: 'نام', familyName: 'پاک‌شده', fatherName: null, birthDay: null, nationalId: '' };
    for (const where of [backend, await restored(archive, source.settings.personKeysFile)]) {
      expect(await trainee(where, holders[id] ?? '')).toMatchObject(nobody);
      // This one was in a course run lately.
      expect((await trainee(where, holders[certificates.old] ?? '')).nationalId).toHaveLength(10);
      expect(await certificate(where, id)).toMatchObject({ code: 'CODE3', status: CertificateStatus.VALID });
    }
    expect(
      await database.read((tx) => tx.query(`SELECT payload FROM business_event WHERE name = 'NameErased'`)),
    ).toEqual([{ payload: JSON.stringify({ traineeId: holders[id] }) }]);
  });

  it('is there for every personal column that is ever erased', () => {
    const keys = Keys.random();
    const certificate = { id: 'c', printed: keys.seal('{"serial":"1"}', 'certificate.printed.c') };
    const erased = (table: string) =>
      (personParts[table] ?? []).flatMap((part) => Object.keys(part.erased(certificate, keys) ?? { whole: true }));
    const kept = backend.dataSource.entityMetadatas.flatMap(({ tableName, target }) =>
      [...personalProperties(target as object)]
        .filter((column) => !erased(tableName).some((one) => [column, 'whole'].includes(one)))
        .map((column) => `${tableName}.${column}`),
    );
    // What no rule erases: of staff, of agreements and of reports.
    expect(kept.sort()).toEqual([
      'agreement_request.about',
      'agreement_request.answer',
      'agreement_request.purpose',
      'authenticator.pendingSecret',
      'authenticator.secret',
      'class_list_import.messageEn',
      'class_list_import.messageFa',
      'person_key.secret',
      'trainer.nationalId',
    ]);
  });

  it('is asked for by a restore, and known as another installation’s', async () => {
    const target = await place();
    await expect(restore(target.settings, old, PASSPHRASE)).rejects.toMatchObject({
      messageEn: expect.stringContaining('keys of persons'),
    });
    const stranger = await place();
    const other = await stranger.open();
    await backup(other, join(folder, 'stranger.tar.gz'));
    await expect(restored(old, stranger.settings.personKeysFile)).rejects.toMatchObject({
      messageEn: expect.stringContaining('another installation'),
    });
  });

  it('is not asked for by a backup from before there were such keys', async () => {
    const before = await place();
    const older = await before.open();
    const { traineeId } = (await newEnrolments(older, await newRun(older, await newPlace(older)), 1))[0] ?? {};
    await older.dataSource.query('DROP TABLE person_key');
    await older.dataSource.query("DELETE FROM migrations WHERE name LIKE 'PersonKeys%'");
    const archive = join(folder, 'before.tar.gz');
    await backup(older, archive, { passphrase: PASSPHRASE });
    const target = await place();
    await restore(target.settings, archive, PASSPHRASE);
    expect(await trainee(await target.open(), String(traineeId))).toMatchObject({ mobile: '09120000000' });
  });
});
