import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  Certificate,
  CertificateBatch,
  CertificateBatchState,
  CertificateCounter,
  CertificateStatus,
} from '@app/certification';
import { Documents, DocumentState, fileKey, StoredDocument } from '@app/documents';
import { Installation, Job, JobState, newId, readSettings, SYSTEM } from '@app/platform';
import { newEnrolments, newPlace, newRun, TestClock, testDatabase } from '@app/testing';
import { type CourseRun, type Enrolment, EnrolmentStatus } from '@app/training';
import { LocalFiles } from '../adapters/local.files.js';
import { nightlyBackup } from './backups.js';
import { doctor, doctorReport } from './doctor.js';
import { BackupMade } from './upkeep.events.js';

const DAY_MS = 86_400_000;

// On a server each place is a database of its own, made by every migration.
jest.setTimeout(60_000);

describe('the doctor', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const folder = mkdtempSync(join(tmpdir(), 'maharat-doctor-'));
  const files = new LocalFiles(join(folder, 'files'));
  const settings = readSettings({ DATA_DIR: folder });
  let run: CourseRun;
  let enrolments: Enrolment[];
  let documentId: string;

  const patient = () => ({ database: db.database, files, settings, clock, keys: db.keys });
  const faults = async (fast = false) =>
    (await doctor(patient(), { fast })).flatMap(({ name, wrong }) => wrong.map(({ en }) => `${name}: ${en}`));
  const change = (sql: string, ...parameters: unknown[]) =>
    db.database.write(SYSTEM, (tx) => tx.execute(sql, parameters));

  beforeAll(async () => {
    run = await newRun(db, await newPlace(db));
    enrolments = await newEnrolments(db, run, 3);
    await change('UPDATE enrolment SET status = ? WHERE id = ?', EnrolmentStatus.WITHDRAWN, enrolments[2]?.id);
    await change('UPDATE course_run SET seatsTaken = 2 WHERE id = ?', run.id);
    const documents = new Documents(db.database, files, db.keys, clock);
    const paper = {
      kind: 'SPEC',
      subjectId: newId(),
      fileName: 'p.pdf',
      mimeType: 'application/pdf',
      requestedBy: 'x',
    };
    const asked = await db.database.write(SYSTEM, (tx) => documents.request(tx, paper));
    documentId = asked.id;
    await documents.draw([asked], () => Promise.resolve(Buffer.from('paper')));
    await db.database.write(SYSTEM, async (tx) => {
      await tx.insert(Installation, {
        id: '1',
        demo: false,
        keyFingerprint: 'x',
        indexKey: 'i1',
        createdAt: clock.now(),
      });
      await tx.insert(CertificateCounter, { provinceCode: '15', jalaliYear: 1405, lastNumber: 2 });
      const batch = await tx.insert(CertificateBatch, batchOf(run.id));
      for (const [i, enrolment] of enrolments.slice(0, 2).entries())
        await tx.insert(Certificate, certificate(enrolment, batch.id, i + 1));
    });
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const batchOf = (runId: string) => ({
    runId,
    state: CertificateBatchState.ISSUED,
    total: 2,
    reason: null,
    requestedBy: SYSTEM.userId,
    requestedAt: clock.now(),
  });
  const certificate = (enrolment: Enrolment, batchId: string, number: number) => ({
    enrolmentId: enrolment.id,
    runId: run.id,
    batchId,
    provinceCode: '15',
    jalaliYear: 1405,
    number,
    code: `CODE${number}`,
    status: CertificateStatus.VALID,
    issuedOn: '2026-11-21',
    issuedAt: clock.now(),
    issuedBy: SYSTEM.userId,
    printed: '{}',
  });

  // Each fault is mended at its end, so that the next one is found alone.
  afterEach(async () => {
    if ((await faults()).length > 0) throw new Error(`Not mended: ${(await faults()).join(', ')}`);
  });

  it('finds nothing where all is well', async () => {
    expect(await faults()).toEqual([]);
  });

  it('finds a run whose seats are miscounted', async () => {
    await change('UPDATE course_run SET seatsTaken = 3 WHERE id = ?', run.id);
    expect(await faults()).toEqual([`seats: course run ${run.number} counts 3 seats taken, 2 people are enrolled`]);
    expect(doctorReport(await doctor(patient()))).toContain('۳ صندلی گرفته شمرده شده، ۲ نفر ثبت نام شده‌اند');
    await change('UPDATE course_run SET seatsTaken = 2 WHERE id = ?', run.id);
  });

  it('finds papers without a file and papers that were changed', async () => {
    const { sha256 } = await db.database.read((tx) => tx.get(StoredDocument, { id: documentId }));
    const key = fileKey(sha256 as string);
    await writeFile(join(folder, 'files', key), 'forged');
    expect(await faults()).toEqual([`papers: document ${documentId}: its file was changed`]);
    expect(await faults(true)).toEqual([]);
    await files.remove(key);
    expect(await faults()).toEqual([`papers: document ${documentId}: its file is missing`]);
    expect(await faults(true)).toEqual([`papers: document ${documentId}: its file is missing`]);
    await change('UPDATE stored_document SET sha256 = NULL');
    expect(await faults()).toEqual([`papers: document ${documentId}: is ready and names no file`]);
    await db.database.write(SYSTEM, (tx) =>
      tx.update(StoredDocument, { id: documentId }, { state: DocumentState.FAILED }),
    );
  });

  it('finds gaps in serials and a counter that ran ahead', async () => {
    await change('UPDATE certificate SET number = 5 WHERE number = 1');
    expect(await faults()).toEqual(['serials: province 15, year 1405: 2 certificates, highest number 5, counter 2']);
    await change('UPDATE certificate SET number = 1 WHERE number = 5');
    await change('UPDATE certificate_counter SET lastNumber = 3');
    expect(await faults()).toEqual(['serials: province 15, year 1405: 2 certificates, highest number 2, counter 3']);
    await change('DELETE FROM certificate_counter');
    expect(await faults()).toEqual(['serials: province 15, year 1405: 2 certificates, highest number 2, counter 0']);
    await db.database.write(SYSTEM, (tx) =>
      tx.insert(CertificateCounter, { provinceCode: '15', jalaliYear: 1405, lastNumber: 2 }),
    );
  });

  it('finds jobs that nobody runs and jobs that gave up', async () => {
    const job = (state: JobState, runAfter: Date) => ({
      name: 'Spec.draw',
      subject: newId(),
      payload: {},
      state,
      wanted: 1,
      taken: 0,
      attempts: 0,
      stalls: 0,
      createdAt: runAfter,
      runAfter,
      lease: null,
      leasedUntil: null,
      reason: state === JobState.FAILED ? 'no room on the disk' : null,
    });
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    await db.database.write(SYSTEM, (tx) => tx.insert(Job, job(JobState.WAITING, ago(5))));
    expect(await faults()).toEqual([]);
    await db.database.write(SYSTEM, (tx) => tx.insert(Job, job(JobState.WAITING, ago(60))));
    expect(await faults()).toEqual([
      'waiting: the oldest job has waited 60 minutes: is the product (or a worker) running?',
    ]);
    await db.database.write(SYSTEM, (tx) => tx.remove(Job, { state: JobState.WAITING }));
    await db.database.write(SYSTEM, (tx) => tx.insert(Job, job(JobState.FAILED, ago(1))));
    expect(await faults()).toEqual(['failed: Spec.draw: 1 times (no room on the disk)']);
    await db.database.write(SYSTEM, (tx) => tx.remove(Job, { state: JobState.FAILED }));
  });

  it('finds that no backup was made, that the last is old, and that it is damaged', async () => {
    clock.forward(3 * DAY_MS);
    expect(await faults()).toEqual(['backups: no backup was ever made']);
    await db.database.write(SYSTEM, async (tx) => tx.emit(BackupMade, { day: clock.today() }));
    expect(await faults()).toEqual([]);
    const file = nightlyBackup(settings, clock.today());
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'not a backup');
    expect(await faults()).toEqual([expect.stringContaining('is damaged or cut off')]);
    expect(await faults(true)).toEqual([]);
    rmSync(file);
    clock.forward(3 * DAY_MS);
    expect(await faults()).toEqual(['backups: it is older than two days']);
    clock.forward(-3 * DAY_MS);
  });
});
