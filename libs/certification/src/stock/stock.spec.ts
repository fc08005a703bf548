import { beforeAll, describe, expect, it } from '@jest/globals';
import { Documents, DocumentState, Drawing, EmptyPaper, fileKey, StoredDocument } from '@app/documents';
import { Forbidden, NotFound, Settings, SYSTEM } from '@app/platform';
import { MemoryFiles, newPlace, pdfText, qualifiedRun, TestClock, type TestPlace, testDatabase } from '@app/testing';
import { Emblems } from '@app/training';
import { CertificateIssueService } from '../certificate/certificate-issue.service.js';
import { Certificate, CertificateStatus } from '../certificate/certificate.entity.js';
import { serialOf } from '../certificate/certificate.rules.js';
import { DuplicateReason } from '../duplicate/duplicate.entity.js';
import { DuplicateJobs } from '../duplicate/duplicate.jobs.js';
import { DuplicateRefusal } from '../duplicate/duplicate.rules.js';
import { DuplicateService } from '../duplicate/duplicate.service.js';
import { StockForm, StockFormState } from './stock.entity.js';
import { StockJobs } from './stock.jobs.js';
import { refuseForms, refuseRange, StockRefusal as Refusal } from './stock.rules.js';
import { StockDrawService } from './stock-draw.service.js';
import { StockService } from './stock.service.js';

describe('the rules of numbered forms', () => {
  it.each([
    [5, 5, null],
    [5, 4, Refusal.WRONG_RANGE],
    [1, 1000, null],
    [1, 1001, Refusal.WRONG_RANGE],
  ])('from %s to %s', (first, last, refusal) => expect(refuseRange(first, last)).toBe(refusal));

  const { BLANK, PRINTED, SPOILED } = StockFormState;
  it.each([
    [[BLANK, BLANK], null],
    [[BLANK], Refusal.FORM_NOT_BLANK],
    [[BLANK, PRINTED], Refusal.FORM_NOT_BLANK],
    [[SPOILED, BLANK], Refusal.FORM_NOT_BLANK],
  ])('%s for two certificates', (states, refusal) =>
    expect(
      refuseForms(
        states.map((state) => ({ state })),
        2,
      ),
    ).toBe(refusal),
  );
});

describe('certificates of a run', () => {
  const db = testDatabase();
  const clock = new TestClock('2026-11-21');
  const files = new MemoryFiles();
  const drawing = new Drawing(0);
  let documents: Documents;
  let stock: StockService;
  let jobs: StockJobs;
  let duplicates: DuplicateService;
  let duplicateJobs: DuplicateJobs;
  let place: TestPlace;
  let numbers = 0;

  beforeAll(async () => {
    documents = new Documents(db.database, files, db.keys, clock);
    stock = new StockService(db.database, documents, clock);
    stock.onModuleInit();
    jobs = new StockJobs(new StockDrawService(db.database, documents, drawing, clock));
    duplicates = new DuplicateService(db.database, documents, drawing, clock, new Emblems(documents));
    duplicates.onModuleInit();
    duplicateJobs = new DuplicateJobs(duplicates);
    place = await newPlace(db, { roomCapacity: 100 });
  });

  async function certified(many: number) {
    const { run } = await qualifiedRun(db, many, place);
    const issuing = new CertificateIssueService(db.database, clock, new Settings());
    const { id: batchId } = await issuing.order(place.officer, run.id);
    await issuing.issue({ batchId, runId: run.id });
    const certificates = await db.database.read((tx) =>
      tx.repo(Certificate).find({ where: { runId: run.id }, order: { number: 'ASC' } }),
    );
    return { run, certificates };
  }
  async function forms(many: number) {
    const first = (numbers += 100);
    await stock.receive(place.officer, { series: 'الف', first, last: first + many - 1 });
    return first;
  }
  const printer = (offsets = { rightTenths: 0, downTenths: 0 }) =>
    stock.setPrinter(place.officer, { name: 'اتاق صدور', ...offsets });
  const textOf = async (documentId: string) => {
    const { sha256, state } = await db.database.read((tx) => tx.get(StoredDocument, { id: documentId }));
    expect(state).toBe(DocumentState.READY);
    return pdfText(await files.get(fileKey(sha256!)));
  };
  const printOn = async (runId: string, firstNumber: number, highestOnTop = false) =>
    stock.print(place.officer, {
      ...{ runId, printerId: (await printer()).id, series: 'الف', firstNumber, highestOnTop },
    });

  it('lie on the forms in the order of their serials, each once', async () => {
    const { run, certificates } = await certified(3);
    const first = await forms(5);
    const print = await printOn(run.id, first);
    expect([print.first, print.last]).toEqual([first, first + 2]);
    await jobs.drawPrint({ printId: print.id, runId: run.id });
    const pages = await textOf(print.document.id);
    expect(pages.map((page) => Number(/15-1405-(\d{6})/.exec(page)?.[1]))).toEqual(
      certificates.map(({ number }) => number),
    );
    await expect(printOn(run.id, first + 3)).rejects.toMatchObject({ reason: Refusal.NOTHING_TO_PRINT });
  });

  it('are printed again on another form when theirs is written off, with who, when and why', async () => {
    const { run, certificates } = await certified(2);
    const first = await forms(4);
    await printOn(run.id, first);
    const spoiled = await stock.spoil(place.officer, { series: 'الف', number: first + 1, reason: 'کج چاپ شد' });
    expect(spoiled).toMatchObject({
      ...{ state: StockFormState.SPOILED, reason: 'کج چاپ شد', changedBy: place.officer.userId },
      ...{ certificateId: certificates[1]!.id, changedAt: clock.now() },
    });
    await expect(
      stock.spoil(place.officer, { series: 'الف', number: first + 1, reason: 'دوباره' }),
    ).rejects.toMatchObject({ reason: Refusal.SPOILED_ALREADY });
    await expect(printOn(run.id, first + 1)).rejects.toMatchObject({ reason: Refusal.FORM_NOT_BLANK });
    expect(await printOn(run.id, first + 2)).toMatchObject({ first: first + 2, last: first + 2 });
    const { usedForms, prints } = await stock.stock(place.officer, 'الف', { first: 100 });
    const serials = usedForms.items
      .filter(({ number }) => number >= first)
      .map(({ number, serial }) => [number, serial]);
    expect(serials).toEqual([2, 1, 0].map((at) => [first + at, serialOf(certificates[Math.min(at, 1)]!)]));
    expect(prints.filter(({ runNumber }) => runNumber === run.number).map((each) => [each.first, each.last])).toEqual(
      expect.arrayContaining([
        [first, first + 1],
        [first + 2, first + 2],
      ]),
    );
  });

  it('leave out the forms that were written off before they were drawn, and draw no page where none is left', async () => {
    const { run, certificates } = await certified(3);
    const first = await forms(4);
    const print = await printOn(run.id, first);
    const spoil = (number: number) => stock.spoil(place.officer, { series: 'الف', number, reason: 'گم شد' });
    await spoil(first + 1);
    await jobs.drawPrint({ printId: print.id, runId: run.id });
    const pages = await textOf(print.document.id);
    expect(pages.map((page) => Number(/15-1405-(\d{6})/.exec(page)?.[1]))).toEqual(
      [certificates[0]!, certificates[2]!].map(({ number }) => number),
    );
    const again = await printOn(run.id, first + 3);
    await spoil(first + 3);
    await jobs.drawPrint({ printId: again.id, runId: run.id });
    expect(await db.database.read((tx) => tx.get(StoredDocument, { id: again.document.id }))).toMatchObject({
      state: DocumentState.FAILED,
      reason: new EmptyPaper().message,
    });
  });

  it('find no room on forms that nobody has received, and take none', async () => {
    const { run } = await certified(3);
    const first = await forms(2);
    await expect(printOn(run.id, first)).rejects.toMatchObject({ reason: Refusal.FORM_NOT_BLANK });
    const blank = await db.database.read((tx) =>
      tx.repo(StockForm).countBy({ state: StockFormState.BLANK, number: first }),
    );
    expect(blank).toBe(1);
    await expect(stock.receive(place.officer, { series: 'الف', first, last: first })).rejects.toMatchObject({
      reason: Refusal.RECEIVED_ALREADY,
    });
  });

  it('do not move on the paper when the printer is set anew after the order', async () => {
    const { run } = await certified(1);
    const print = await printOn(run.id, await forms(1));
    await printer({ rightTenths: 100, downTenths: 100 });
    await jobs.drawPrint({ printId: print.id, runId: run.id });
    const before = await db.database.read((tx) => tx.get(StoredDocument, { id: print.document.id }));
    expect(before.state).toBe(DocumentState.READY);
    const { id, testPage } = await printer({ rightTenths: -15, downTenths: 5 });
    await jobs.drawTest({ printerId: id });
    expect((await textOf(testPage.id))[0]).toContain('۱٫۵');
  });

  it('that are used are told page by page, the highest number first, each once', async () => {
    await stock.receive(place.officer, { series: 'ب', first: 1, last: 5 });
    for (const at of [1, 2, 3, 4, 5]) await stock.spoil(place.officer, { series: 'ب', number: at, reason: 'خیس شد' });
    const told: number[] = [];
    for (let after: string | null = null, page = 0; page < 3; page++) {
      const { usedForms } = await stock.stock(place.officer, 'ب', { first: 2, after });
      told.push(...usedForms.items.map(({ number }) => number));
      after = usedForms.nextCursor;
    }
    expect(told).toEqual([5, 4, 3, 2, 1]);
  });

  it('are counted with the forms of the office, and are no other office’s', async () => {
    const stranger = await newPlace(db);
    const { series } = await stock.stock(place.officer, null, { first: 100 });
    expect(series.find((each) => each.series === 'الف')).toMatchObject({ spoiled: 3 });
    expect(await stock.stock(stranger.officer, 'الف', { first: 100 })).toEqual({
      ...{ series: [], printers: [], prints: [] },
      usedForms: { items: [], nextCursor: null },
    });
    await expect(stock.spoil(place.manager, { series: 'الف', number: 100, reason: 'x' })).rejects.toThrow(Forbidden);
    await expect(stock.spoil(stranger.officer, { series: 'الف', number: 100, reason: 'xxx' })).rejects.toThrow(
      NotFound,
    );
    const { run } = await certified(1);
    const print = await printOn(run.id, await forms(1));
    await expect(documents.get(stranger.officer, print.document.id)).rejects.toThrow(NotFound);
    await expect(documents.get(place.manager, print.document.id)).rejects.toThrow(NotFound);
  });

  it('have duplicates with the same serial and print numbers that follow one another', async () => {
    const { run, certificates } = await certified(1);
    const certificateId = certificates[0]!.id;
    const issue = () => duplicates.issue(place.officer, { certificateId, reason: DuplicateReason.LOST });
    const issued = await Promise.all([issue(), issue()]);
    expect(issued.map(({ printNumber }) => printNumber).sort()).toEqual([2, 3]);
    const { id, document } = issued[0]!;
    await duplicateJobs.drawCover({ duplicateId: id, certificateId });
    const [page] = await textOf(document.id);
    for (const word of ['المثنی', 'گم شدن', 'زهرا']) expect(page).toContain(word);
    expect((await documents.get(place.manager, document.id)).id).toBe(document.id);
    const listed = await duplicates.ofRun(place.manager, run.id);
    expect(listed.map(({ id }) => id).sort()).toEqual(issued.map(({ id }) => id).sort());
    expect(listed.find((each) => each.id === id)!.document.id).toBe(document.id);
    await expect(duplicates.ofRun((await newPlace(db)).officer, run.id)).rejects.toThrow(NotFound);
    await expect(documents.get((await newPlace(db)).officer, document.id)).rejects.toThrow(NotFound);
  });

  it('that are not valid have no duplicate, and an institute gives none', async () => {
    const { certificates } = await certified(1);
    const asked = { certificateId: certificates[0]!.id, reason: DuplicateReason.DAMAGED };
    await expect(duplicates.issue(place.manager, asked)).rejects.toThrow(Forbidden);
    await expect(duplicates.issue((await newPlace(db)).officer, asked)).rejects.toThrow(NotFound);
    await db.database.write(SYSTEM, (tx) =>
      tx.update(Certificate, { id: asked.certificateId }, { status: CertificateStatus.REVOKED }),
    );
    await expect(duplicates.issue(place.officer, asked)).rejects.toMatchObject({ reason: DuplicateRefusal.NOT_VALID });
  });
});
