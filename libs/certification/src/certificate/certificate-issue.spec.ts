import { beforeAll, describe, expect, it } from '@jest/globals';
import { Documents, DocumentState, Drawing, fileKey, StoredDocument, Uploads } from '@app/documents';
import { printedCode } from '@app/persian';
import { Job, readSettings, SYSTEM } from '@app/platform';
import {
  byTwo,
  MemoryFiles,
  newPlace,
  pdfText,
  qualifiedRun,
  testAgreements,
  TestClock,
  testDatabase,
} from '@app/testing';
import { Emblems, Enrolment, Trainee } from '@app/training';
import { drawCertificate } from './certificate.document.js';
import { CertificateIssueService } from './certificate-issue.service.js';
import { CertificateQueryService } from './certificate-query.service.js';
import { modelOf, withoutNames } from './certificate-printed.service.js';
import { Certificate, CertificateBatch, CertificateBatchState } from './certificate.entity.js';
import { CertificateJobs } from './certificate.jobs.js';
import { CertificateDesign, PrintMode } from '../template/certificate-template.graphql.js';
import { CertificateTemplateService } from '../template/certificate-template.service.js';

describe('issuing certificates', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const settings = readSettings({ PUBLIC_URL: 'https://maharat.example' });
  const files = new MemoryFiles();
  let documents: Documents;
  const service = () => new CertificateIssueService(db.database, clock, settings);
  const drawing = new Drawing(0);
  const templates = (agreements = testAgreements(db.database, clock)) => {
    const uploads = new Uploads(db.database, files, db.keys, clock);
    return new CertificateTemplateService(
      db.database,
      documents,
      uploads,
      drawing,
      clock,
      agreements,
      new Emblems(documents),
    );
  };
  beforeAll(() => {
    documents = new Documents(db.database, files, db.keys, clock);
    db.jobs.register(new CertificateJobs(db.database, documents, drawing, service(), templates()));
  });

  let provinces = 10;
  const order = async (many: number) => {
    const given = await newPlace(db, { roomCapacity: many, provinceCode: String(++provinces) });
    const { place, run } = await qualifiedRun(db, many, given);
    const batch = await service().order(place.officer, run.id);
    return { place, run, batch, ids: { batchId: batch.id, runId: run.id } };
  };
  const issuedIn = (runId: string) =>
    db.database.read((tx) => tx.repo(Certificate).find({ where: { runId }, order: { number: 'ASC' } }));

  it('gives serials without a gap in the order of the enrolments, a block at a time', async () => {
    const { run, batch, ids } = await order(104);
    await service().issue(ids);
    const certificates = await issuedIn(run.id);
    expect(certificates.map(({ number }) => number)).toEqual(Array.from({ length: 104 }, (_, i) => i + 1));
    const enrolments = certificates.map(({ enrolmentId }) => enrolmentId);
    expect(enrolments).toEqual([...enrolments].sort());
    expect(await db.database.read((tx) => tx.get(CertificateBatch, { id: batch.id }))).toMatchObject({
      ...{ state: CertificateBatchState.ISSUED, total: 104 },
    });
    // The record of each block names all of its certificates.
    const events = (await db.events('CertificatesIssued')).filter(({ batchId }) => batchId === batch.id);
    expect(events.map(({ firstNumber }) => firstNumber)).toEqual([1, 101]);
    expect(events.flatMap(({ certificateIds }) => certificateIds)).toEqual(certificates.map(({ id }) => id));
    const jobs = await db.database.read((tx) => tx.repo(Job).findBy({ name: 'CertificateJobs.drawBlock' }));
    expect(jobs.filter(({ subject }) => subject.startsWith(batch.id))).toHaveLength(2);
  });

  it('issues nothing twice, run again and beside itself', async () => {
    const { run, ids } = await order(30);
    await Promise.all([service().issue(ids), service().issue(ids), service().issue(ids)]);
    const once = await issuedIn(run.id);
    await service().issue(ids);
    expect(await issuedIn(run.id)).toEqual(once);
    expect(once.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });

  it('asks for each paper once, when its block is drawn, which is told as waiting until then', async () => {
    const { place, run, ids } = await order(3);
    await service().issue(ids);
    const state = async () => {
      const people = await new CertificateQueryService(db.database).candidates(place.officer, run.id);
      return people.map(({ certificate }) => [Boolean(certificate?.documentId), certificate?.documentState]);
    };
    expect(await state()).toEqual(Array(3).fill([false, DocumentState.WAITING]));
    const certificates = await issuedIn(run.id);
    const [{ provinceCode, jalaliYear }] = certificates as [Certificate];
    const block = {
      ...ids,
      provinceCode,
      jalaliYear,
      firstNumber: 1,
      certificateIds: certificates.map(({ id }) => id),
    };
    const job = db.jobs.named('CertificateJobs.drawBlock');
    await Promise.all([job?.run(block), job?.run(block)]);
    await job?.run(block);
    expect(await state()).toEqual(Array(3).fill([true, DocumentState.READY]));
    expect(await db.count(StoredDocument, { kind: 'CERTIFICATE', requestedBy: place.officer.userId })).toBe(3);
  });

  it('draws the papers of the others where one bears a letter that no face has, and says which letter', async () => {
    const { place, run, ids } = await order(3);
    const [{ traineeId } = { traineeId: '' }] = await db.database.read((tx) =>
      tx.repo(Enrolment).find({ where: { runId: run.id }, order: { id: 'ASC' } }),
    );
    await db.database.write(SYSTEM, (tx) => tx.update(Trainee, { id: traineeId }, { givenName: '漢' }));
    await service().issue(ids);
    await db.runJobs();
    const people = await new CertificateQueryService(db.database).candidates(place.officer, run.id);
    const states = people.map(({ certificate }) => certificate?.documentState);
    expect(states.sort()).toEqual([DocumentState.FAILED, DocumentState.READY, DocumentState.READY]);
    const [first] = await issuedIn(run.id);
    const { reason } = await db.database.read((tx) => tx.get(StoredDocument, { subjectId: first!.id }));
    expect(reason).toContain('U+6F22');
  });

  it.each([1, 100])('writes a block of %d by as many statements', async (many) => {
    const { ids } = await order(many);
    const before = db.statements.statements.length;
    await service().issue(ids);
    const statements = db.statements.statements.slice(before);
    const unit = statements.slice(statements.findIndex((text) => text.includes('certificate_counter')));
    const writing = unit.slice(0, unit.indexOf('COMMIT'));
    // The counter, the look at what is issued, the rows, the event, its job; on SQLite the id of the job is asked for.
    expect(writing).toHaveLength(db.database.engine === 'sqlite' ? 6 : 5);
  });

  it('keeps what is printed sealed, and prints from the row what the first version kept whole', async () => {
    const { run, ids } = await order(1);
    await service().issue(ids);
    const [row] = (await issuedIn(run.id)) as [Certificate];
    const [{ printed }] = (await db.database.read((tx) =>
      tx.query('SELECT printed FROM certificate WHERE id = ?', [row.id]),
    )) as [{ printed: string }];
    expect(printed).toMatch(/^k1:/);
    expect(() => db.keys.open(printed, `certificate.printed.${run.id}`)).toThrow();

    const read = (of: Certificate) => db.database.read(async (tx) => modelOf(tx, of));
    const model = await read(row);
    expect(model).toMatchObject({ holderGivenName: 'زهرا', fatherName: 'علی' });
    expect(row.printed).not.toContain('زهرا');
    expect(model).toMatchObject({ serial: `${provinces}-1405-000001`, issuedOn: '2026-11-21', examOn: '2026-11-20' });
    expect(model.verifyUrl).toBe(`https://maharat.example/v/${row.code}`);
    // A row of the first version holds the whole model, with the address and the day of its time.
    const whole = { ...model, verifyUrl: 'https://before.example/v/X', issuedOn: '2026-01-01' };
    expect(await read({ ...row, printed: JSON.stringify(whole) })).toEqual(whole);
  });

  it('draws on every engine the file of values that no database has held', async () => {
    const given = await newPlace(db, { provinceCode: String(++provinces) });
    const { run } = await qualifiedRun(db, 1, given);
    const name = { givenName: 'پری‌ناز', familyName: 'رضایی‌نژاد', nationalId: '0084575948' };
    await db.database.write(SYSTEM, async (tx) => {
      const { traineeId } = await tx.get(Enrolment, { runId: run.id });
      await tx.update(Trainee, { id: traineeId }, name);
    });
    await service().order(given.officer, run.id);
    await db.runJobs();

    const [{ id, code }] = (await issuedIn(run.id)) as [Certificate];
    const { county, institute, standard } = given;
    const drawn = await drawCertificate({
      ...{
        serial: `${provinces}-1405-000001`,
        code: printedCode(code),
        verifyUrl: `https://maharat.example/v/${code}`,
      },
      ...{ holderGivenName: name.givenName, holderFamilyName: name.familyName, fatherName: 'علی' },
      ...{ nationalId: name.nationalId, standardTitleFa: standard.titleFa, standardTitleEn: standard.titleEn },
      ...{ standardCode: standard.code, theoryMinutes: 400, practiceMinutes: 800 },
      ...{ writtenMarkHundredths: 8500, practicalMarkHundredths: 8500, finalMarkHundredths: 8500, gradeFa: 'خوب' },
      ...{ examOn: '2026-11-20', startedOn: '2026-11-21', endedOn: '2026-11-22', issuedOn: '2026-11-21' },
      ...{ instituteName: institute.name, officeName: county.name, provincialOfficeName: 'اداره کل استان' },
      watermark: 'نمونه، فاقد اعتبار',
    });
    const { sha256 } = await db.database.read((tx) => tx.get(StoredDocument, { subjectId: id }));
    expect(Buffer.from(drawn).equals(await files.get(fileKey(sha256!)))).toBe(true);
  });

  it('keeps no name, sealed or open, when the names of a certificate are erased', async () => {
    const { run, ids } = await order(1);
    await service().issue(ids);
    const [row] = (await issuedIn(run.id)) as [Certificate];
    const printed = withoutNames(row.printed);
    expect(printed).not.toMatch(/k1:|traineeId/);
    const model = await db.database.read(async (tx) =>
      [row.printed, printed].map((p) => modelOf(tx, { ...row, printed: p })),
    );
    const nobody = { holderGivenName: '', holderFamilyName: '', fatherName: '', nationalId: '' };
    expect(model[1]).toEqual({ ...model[0], ...nobody });
    expect(JSON.parse(withoutNames(JSON.stringify(model[0])))).toEqual(model[1]);
  });

  it('draws by the form that was in force on the day of issue, whatever is published later', async () => {
    const { place, run, ids } = await order(1);
    const wording = { design: CertificateDesign.SOBER, printMode: PrintMode.FULL, offsetXMm: 0, offsetYMm: 0 };
    const agreements = testAgreements(db.database, clock);
    const forms = templates(agreements);
    forms.onModuleInit();
    const publish = async (title: string) => {
      const { id } = await forms.draft(place.provincial, { ...wording, title });
      await byTwo(db.database, agreements, place.provincial, (asker) => forms.askPublication(asker, id, 'شکل تازه'));
    };
    await publish('گواهی نخست');
    await service().issue(ids);
    await publish('گواهی دوم');
    const [row] = await issuedIn(run.id);
    for (let twice = 0; twice < 2; twice++) {
      const job = db.jobs.named('CertificateJobs.drawBlock');
      await job?.run({
        ...ids,
        provinceCode: row!.provinceCode,
        jalaliYear: 1405,
        firstNumber: 1,
        certificateIds: [row!.id],
      });
      const { sha256 } = await db.database.read((tx) => tx.get(StoredDocument, { subjectId: row!.id }));
      const words = (await pdfText(await files.get(fileKey(sha256!)))).join('\n');
      expect(words).toContain('گواهی نخست');
      expect(words).not.toContain('گواهی دوم');
      await db.database.write(SYSTEM, (tx) =>
        tx.update(StoredDocument, { subjectId: row!.id }, { state: DocumentState.WAITING }),
      );
    }
  });
});
