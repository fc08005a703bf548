import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Certificate, CertificateDuplicate, CertificateStatus, DuplicateReason } from '@app/certification';
import { DocumentState, fileKey, StoredDocument } from '@app/documents';
import { newId, SYSTEM, verifyAudit } from '@app/platform';
import { MemoryFiles, newBranch, newEnrolments, newPlace, newRun, TestClock, testDatabase } from '@app/testing';
import { Referral } from '@app/referral';
import {
  CourseRun,
  keptFrom,
  loadReferenceData,
  PaperKind,
  PaperOrder,
  RetentionRule,
  RetentionSubject,
  Trainee,
} from '@app/training';
import { eraseByRule, retentionDue } from './retention.js';

const { REFERRAL, CONTACT, PAPER, CERTIFICATE_NAME } = RetentionSubject;

describe('the rules of keeping', () => {
  const rule = (effectiveFrom: string, months: number) => ({ subject: CONTACT, effectiveFrom, months });
  it.each([
    ['no rule', [], '2026-11-21', null],
    ['a rule that has not begun', [rule('2027-01-01', 6)], '2026-11-21', null],
    ['the latest that has begun', [rule('2025-01-01', 24), rule('2026-01-01', 12)], '2026-11-21', '2025-11-21'],
    ['a month without such a day', [rule('2025-01-01', 1)], '2026-03-31', '2026-02-28'],
    ['the year before', [rule('2025-01-01', 11)], '2026-01-05', '2025-02-05'],
  ])('%s', (_, rules, today, expected) => {
    expect(keptFrom(rules, CONTACT, today)).toBe(expected);
  });
});

describe('what has been kept long enough', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const files = new MemoryFiles();
  const people: Record<'long ago' | 'back again' | 'lately', string> = { 'long ago': '', 'back again': '', lately: '' };
  const certificates = { old: '', young: '', 'old, without a paper': '' };
  const paperOf: Record<string, string> = {};
  const covers = { old: '', young: '' };
  const papers = { old: '', young: '', 'old, as a younger one': '', print: '', 'people of an office': '' };

  const trainee = (id: string) => db.database.read((tx) => tx.get(Trainee, { id }));
  const certificate = (id: string) => db.database.read((tx) => tx.get(Certificate, { id }));
  const runEnding = async (endsOn: string) => {
    const run = await newRun(db, await newPlace(db));
    await db.database.write(SYSTEM, (tx) => tx.update(CourseRun, { id: run.id }, { endsOn }));
    return run;
  };
  const enrolled = async (endsOn: string) => {
    const run = await runEnding(endsOn);
    const [enrolment] = await newEnrolments(db, run, 1);
    if (!enrolment) throw new Error('Nobody was enrolled');
    await db.database.write(SYSTEM, (tx) =>
      tx.execute('UPDATE trainee SET createdAt = ? WHERE id = ?', [new Date('2020-01-01'), enrolment.traineeId]),
    );
    return enrolment;
  };
  const drawn = async (kind: string, subjectId: string, says: string, day = '2026-11-20') => {
    const paper = Buffer.from(`%PDF ${says}`);
    const sha256 = createHash('sha256').update(paper).digest('hex');
    await files.put(fileKey(sha256), paper);
    const ready = { state: DocumentState.READY, sha256, bytes: paper.length, reason: null, readyAt: new Date() };
    const asked = { kind, subjectId, requestedBy: 'x', requestedAt: new Date(day) };
    await db.database.write(SYSTEM, (tx) =>
      tx.insert(StoredDocument, { ...asked, ...ready, fileName: 'c.pdf', mimeType: 'application/pdf' }),
    );
    paperOf[subjectId] = sha256;
  };
  const stands = async (subjectId: string) => {
    const { state } = await db.database.read((tx) => tx.get(StoredDocument, { subjectId }));
    return [state, await files.has(fileKey(paperOf[subjectId] ?? ''))];
  };
  const certified = async (issuedOn: string, number: number, withPaper = true) => {
    const { id: enrolmentId, runId } = await enrolled('2026-01-01');
    const id = newId();
    await db.database.write(SYSTEM, async (tx) => {
      await tx.insert(Certificate, {
        ...{ id, enrolmentId, runId, batchId: newId(), provinceCode: '15', jalaliYear: 1405, number },
        ...{ code: `CODE${number}`, status: CertificateStatus.VALID, issuedOn, issuedAt: new Date(), issuedBy: 'x' },
        printed: JSON.stringify({ serial: `15-1405-${number}`, holderFamilyName: 'رضایی', nationalId: '0843832339' }),
      });
    });
    if (withPaper) await drawn('CERTIFICATE', id, `${number} رضایی`);
    return id;
  };
  /** A paper order of a run, and its paper as it was last asked for. */
  const ordered = async (day: string, says: string) => {
    const { id: runId } = await runEnding('2025-01-01');
    const asked = { runId, kind: PaperKind.LETTER_OF_REFUSAL, details: says, detailsIndex: newId() };
    const by = { orderedBy: 'x', orderedAt: new Date('2025-01-01') };
    const { id } = await db.database.write(SYSTEM, (tx) => tx.insert(PaperOrder, { ...asked, ...by }));
    await drawn('PAPER_LETTER_OF_REFUSAL', id, says, day);
    return id;
  };

  beforeAll(async () => {
    await loadReferenceData(db.database);
    people['long ago'] = (await enrolled('2024-11-20')).traineeId;
    people.lately = (await enrolled('2024-11-21')).traineeId;
    const back = await enrolled('2024-01-01');
    people['back again'] = back.traineeId;
    const again = await runEnding('2026-06-01');
    await db.database.write(SYSTEM, (tx) =>
      tx.execute(
        `INSERT INTO enrolment (id, runId, traineeId, status, enrolledAt, settled) VALUES (?, ?, ?, 'ENROLLED', ?, 0)`,
        [newId(), again.id, back.traineeId, new Date()],
      ),
    );
    const { branch } = await newBranch(db);
    for (const touchedOn of ['2025-05-20', '2025-05-21'])
      await db.database.write(SYSTEM, (tx) =>
        tx.insert(Referral, { branchId: branch.id, personIndex: touchedOn, sealed: 'x', touchedOn }),
      );
    certificates.old = await certified('1996-11-20', 1);
    certificates.young = await certified('1996-11-21', 2);
    certificates['old, without a paper'] = await certified('1996-11-20', 3, false);
    for (const age of ['old', 'young'] as const) {
      const certificateId = certificates[age];
      const { id } = await db.database.write(SYSTEM, (tx) =>
        tx.insert(CertificateDuplicate, {
          ...{ certificateId, printNumber: 2, reason: DuplicateReason.LOST },
          ...{ issuedOn: '2026-11-01', issuedBy: 'x', issuedAt: new Date() },
        }),
      );
      covers[age] = id;
      await drawn('CERTIFICATE_DUPLICATE', id, `المثنی ${certificateId}`);
    }
    papers.old = await ordered('2025-11-20T23:59:59Z', 'درخواست خانم رضایی');
    papers.young = await ordered('2025-11-21', 'درخواست آقای گیلانی');
    papers['old, as a younger one'] = await ordered('2025-06-01', 'درخواست آقای گیلانی');
    papers.print = newId();
    await drawn('CERTIFICATE_STOCK_PRINT', papers.print, 'رضایی، گیلانی', '2025-01-01');
    papers['people of an office'] = newId();
    await drawn('PEOPLE_EXPORT', papers['people of an office'], 'رضایی 0843832339', '2025-01-01');
  });

  it('is counted first, what associations know before all else, and nothing is changed by counting', async () => {
    expect(await retentionDue(db.database, clock.today())).toEqual([
      { subject: REFERRAL, keptFrom: '2025-05-21', rows: 1 },
      { subject: CONTACT, keptFrom: '2024-11-21', rows: 1 },
      { subject: PAPER, keptFrom: '2025-11-21', rows: 4 },
      { subject: CERTIFICATE_NAME, keptFrom: '1996-11-21', rows: 3 },
    ]);
    expect((await trainee(people['long ago'])).mobile).toBe('09120000000');
  });

  it('is erased: the number of one whose last run ended before the term, and the name on an old certificate', async () => {
    expect((await eraseByRule(db.database, files, clock.today())).map(({ rows }) => rows)).toEqual([1, 1, 4, 3]);
    expect(await db.count(Referral)).toBe(1);
    expect((await trainee(people['long ago'])).mobile).toBeNull();
    for (const who of ['back again', 'lately'] as const) expect((await trainee(people[who])).mobile).not.toBeNull();

    const old = await certificate(certificates.old);
    expect(old).toMatchObject({ number: 1, code: 'CODE1', status: CertificateStatus.VALID });
    expect(JSON.parse(old.printed)).toEqual({
      ...{ serial: '15-1405-1', holderGivenName: '', holderFamilyName: '', fatherName: '', nationalId: '' },
    });
    const [paper] = await db.database.read((tx) => tx.repo(StoredDocument).findBy({ subjectId: certificates.old }));
    expect(paper).toMatchObject({ state: DocumentState.ERASED, sha256: paperOf[certificates.old] });
    expect((await certificate(certificates.young)).printed).toContain('رضایی');
    expect((await certificate(certificates['old, without a paper'])).printed).not.toContain('رضایی');
    for (const paperOrCover of [certificates, covers]) {
      expect(await stands(paperOrCover.old)).toEqual([DocumentState.ERASED, false]);
      expect(await stands(paperOrCover.young)).toEqual([DocumentState.READY, true]);
    }
  });

  it('is erased: papers nobody has asked for in their term, the orders with them, and no file another one needs', async () => {
    expect(await stands(papers.old)).toEqual([DocumentState.ERASED, false]);
    expect(await stands(papers.print)).toEqual([DocumentState.ERASED, false]);
    expect(await stands(papers['people of an office'])).toEqual([DocumentState.ERASED, false]);
    expect(await stands(papers.young)).toEqual([DocumentState.READY, true]);
    expect(await stands(papers['old, as a younger one'])).toEqual([DocumentState.ERASED, true]);
    const orders = await db.database.read((tx) => tx.repo(PaperOrder).find());
    expect(orders.map(({ id }) => id)).toEqual([papers.young]);
    expect(await db.events('DocumentErased')).toHaveLength(7);
  });

  it('is erased once, however often the job runs, and is on record by ids alone', async () => {
    expect((await eraseByRule(db.database, files, clock.today())).map(({ rows }) => rows)).toEqual([0, 0, 0, 0]);
    expect(await db.events('ContactErased')).toEqual([{ traineeId: people['long ago'] }]);
    expect(await db.events('CertificateNameErased')).toEqual(
      expect.arrayContaining([
        { certificateId: certificates.old },
        { certificateId: certificates['old, without a paper'] },
      ]),
    );
    expect((await verifyAudit(db.database, files, db.keys)).bad).toEqual([]);
  });

  it('is erased again from a copy that was cut off after its file was gone', async () => {
    await db.database.write(SYSTEM, (tx) =>
      tx.update(StoredDocument, { subjectId: certificates.old }, { state: DocumentState.READY }),
    );
    expect((await eraseByRule(db.database, files, clock.today())).map(({ rows }) => rows)).toEqual([0, 0, 0, 1]);
  });

  it('is nothing without a rule', async () => {
    await db.database.write(SYSTEM, (tx) => tx.remove(RetentionRule, { subject: CONTACT }));
    expect((await eraseByRule(db.database, files, '2099-01-01'))[1]).toEqual({
      subject: CONTACT,
      keptFrom: null,
      rows: 0,
    });
  });
});
