import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Agreements } from '@app/access';
import { Documents, DocumentState, Drawing, readSpreadsheetApart, StoredDocument } from '@app/documents';
import type { Refused } from '@app/platform';
import {
  byTwo,
  MemoryFiles,
  newEnrolments,
  newPlace,
  newRun,
  testAgreements,
  TestClock,
  testDatabase,
  type TestPlace,
} from '@app/testing';
import { CourseRunStatus } from '../course-run/course-run.entity.js';
import { Trainee } from '../trainee/trainee.entity.js';
import { PeopleExportJobs } from './people-export.jobs.js';
import { PeopleExportService } from './people-export.service.js';

describe('the people of an office as one file', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const files = new MemoryFiles();
  let agreements: Agreements;
  let documents: Documents;
  let exports: PeopleExportService;
  let place: TestPlace;
  beforeAll(async () => {
    agreements = testAgreements(db.database, clock);
    documents = new Documents(db.database, files, db.keys, clock);
    exports = new PeopleExportService(db.database, documents, agreements, new Drawing(0));
    exports.onModuleInit();
    db.jobs.register(new PeopleExportJobs(exports));
    place = await newPlace(db);
  });
  const ask = (officeId = place.county.id) =>
    byTwo(db.database, agreements, place.officer, (asker) => exports.ask(asker, officeId, 'آمار سالانه'));
  const refusal = (answer: Promise<unknown>): Promise<string> =>
    answer.then(
      () => 'done',
      ({ reason, code, message }: Refused & { code?: string }) => reason ?? code ?? message,
    );

  it('is not asked for where nobody is, nor of another office', async () => {
    expect(await refusal(ask())).toBe('NOBODY');
    expect(await refusal(ask((await newPlace(db)).county.id))).toBe('NOT_FOUND');
  });

  it('is written when two agree, names who asked in every row, and opens for no other', async () => {
    const run = await newRun(db, place, { status: CourseRunStatus.APPROVED, capacity: 20, days: ['2026-11-21'] });
    const enrolments = await newEnrolments(db, run, 3);
    const other = await newPlace(db);
    const far = await newEnrolments(
      db,
      await newRun(db, other, { status: CourseRunStatus.APPROVED, capacity: 20, days: ['2026-11-21'] }),
      1,
    );
    const { details } = await ask();
    expect(details).toEqual([
      { name: 'OFFICE', value: place.county.name },
      { name: 'PEOPLE', value: '3' },
    ]);
    await db.runJobs();
    await db.runJobs();
    const [document] = await exports.own(place.officer);
    expect(document?.state).toBe(DocumentState.READY);
    expect(await db.count(StoredDocument, { kind: 'PEOPLE_EXPORT' })).toBe(1);

    const { sha256 } = document as StoredDocument;
    const file = await files.get(`documents/${sha256?.slice(0, 2)}/${sha256}`);
    const text = JSON.stringify(await readSpreadsheetApart(file));
    const people = await db.database.read((tx) => tx.repo(Trainee).find());
    const ids = (of: { traineeId: string }[]) =>
      people.filter(({ id }) => of.some(({ traineeId }) => traineeId === id)).map(({ nationalId }) => nationalId);
    for (const nationalId of ids(enrolments)) expect(text).toContain(nationalId);
    for (const nationalId of ids(far)) expect(text).not.toContain(nationalId);
    expect(text.split(document!.subjectId)).toHaveLength(1 + 1 + 3);
    expect(text).toContain(place.officer.userId.slice(-4));

    await expect(documents.get(place.officer, document!.id)).resolves.toMatchObject({ id: document!.id });
    for (const stranger of [place.provincial, place.manager, { ...place.officer, userId: 'another' }])
      expect(await refusal(documents.get(stranger, document!.id))).toBe('NOT_FOUND');
  });
});
