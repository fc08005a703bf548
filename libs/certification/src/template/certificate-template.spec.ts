import { deflateSync, crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, type Agreements, Role } from '@app/access';
import { Documents, Drawing, fileKey, StoredDocument, UnusablePicture, Uploads } from '@app/documents';
import { BusinessEvent, newId } from '@app/platform';
import {
  byTwo,
  MemoryFiles,
  newPlace,
  pdfText,
  testAgreements,
  TestClock,
  testDatabase,
  type TestPlace,
} from '@app/testing';
import { Emblems } from '@app/training';
import { CertificateTemplate, CertificateTemplateState, COUNTRY } from './certificate-template.entity.js';
import { CertificateDesign, type DraftCertificateTemplateInput, PrintMode } from './certificate-template.graphql.js';
import { CertificateTemplateRefusal as Refusal } from './certificate-template.rules.js';
import { CertificateTemplateService, templateInForce } from './certificate-template.service.js';

/** A picture of one colour. */
function png(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    const body = Buffer.concat([Buffer.from(type), data]);
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
  const rows = Buffer.concat(Array(2).fill(Buffer.from([0, 40, 60, 90, 40, 60, 90])));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('the form of certificates', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const files = new MemoryFiles();
  let place: TestPlace;
  let national: { role: Role.NATIONAL_OFFICER; userId: string };
  let service: CertificateTemplateService;
  let uploads: Uploads;
  let agreements: Agreements;
  let emblems: Emblems;

  beforeAll(async () => {
    agreements = testAgreements(db.database, clock);
    const documents = new Documents(db.database, files, db.keys, clock);
    emblems = new Emblems(documents);
    uploads = new Uploads(db.database, files, db.keys, clock);
    service = new CertificateTemplateService(
      db.database,
      documents,
      uploads,
      new Drawing(0),
      clock,
      agreements,
      emblems,
    );
    service.onModuleInit();
    place = await newPlace(db);
    national = { role: Role.NATIONAL_OFFICER, userId: newId() };
  });

  const wording = (changes: Partial<DraftCertificateTemplateInput> = {}): DraftCertificateTemplateInput => ({
    ...{ design: CertificateDesign.SOBER, title: 'گواهینامهٔ مهارت', printMode: PrintMode.FULL },
    ...{ offsetXMm: 0, offsetYMm: 0, ...changes },
  });
  const publish = (actor: Actor, id: string) =>
    byTwo(db.database, agreements, actor, (asker) => service.askPublication(asker, id, 'شکل تازه'));
  const words = async (documentId: string) => {
    const { sha256 } = await db.database.read((tx) => tx.get(StoredDocument, { id: documentId }));
    return (await pdfText(await files.get(`documents/${sha256?.slice(0, 2)}/${sha256}`))).join('\n');
  };

  it('is written as a version and shown with the longest names there are', async () => {
    const first = await service.draft(place.provincial, wording({ title: 'گواهی مهارت قالی' }));
    expect(first).toMatchObject({ version: 1, state: CertificateTemplateState.DRAFT, inForce: false, scope: '15' });
    const shown = await words(first.preview.id);
    for (const word of ['گواهی مهارت قالی', 'یوسفی خورشیدآباد سفلی']) expect(shown).toContain(word);
    expect((await service.draft(place.provincial, wording())).version).toBe(2);
  });

  it('gets one version after the other, however many draft at once', async () => {
    const made = await Promise.all(Array.from({ length: 4 }, () => service.draft(national, wording())));
    expect(made.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4]);
  });

  it.each<[Refusal, Partial<DraftCertificateTemplateInput>]>([
    [Refusal.UNKNOWN_SLOT, { sentence: 'فرزند {mother}' }],
    [Refusal.TEXT_DOES_NOT_FIT, { sentence: 'جمله‌ای دراز '.repeat(45) }],
    [Refusal.MISSING_GLYPH, { title: 'گواهی 漢' }],
  ])('is refused with %s, and nothing is written', async (reason, changes) => {
    const before = await db.count(CertificateTemplate);
    await expect(service.draft(place.provincial, wording(changes))).rejects.toMatchObject({
      reason,
      detail: { mendFa: expect.stringMatching(/[\u0600-\u06ff]/), mendEn: expect.stringMatching(/[a-z]/) },
    });
    expect(await db.count(CertificateTemplate)).toBe(before);
  });

  it('carries the emblem that was handed in, and refuses one that is no picture or is another’s', async () => {
    const [good, bad] = [
      await uploads.keep(place.provincial, 'emblem.png', png()),
      await uploads.keep(place.provincial, 'emblem.png', Buffer.from('not a picture')),
    ];
    const { id } = await service.draft(place.provincial, wording({ emblemUploadId: good.id }));
    expect((await service.forms([id])).get(id)?.emblem).toEqual(png());
    await expect(service.draft(place.provincial, wording({ emblemUploadId: bad.id }))).rejects.toMatchObject({
      reason: Refusal.UNUSABLE_PICTURE,
    });
    await expect(service.draft(national, wording({ emblemUploadId: good.id }))).rejects.toThrow('Not found');
  });

  it('tells the wording of a version, from which the next is written, with its emblem', async () => {
    const { id: emblemUploadId } = await uploads.keep(place.provincial, 'emblem.png', png());
    const said = { sentence: 'فرزند {father}، با نمرهٔ {final}', english: 'passed with {enFinal}' };
    const offsets = { printMode: PrintMode.DATA, offsetXMm: 1.5, offsetYMm: -0.5 };
    const { id } = await service.draft(place.provincial, wording({ ...said, ...offsets, emblemUploadId }));
    const told = (await service.list(place.provincial)).find((one) => one.id === id)!;
    expect(told).toMatchObject({ ...said, ...offsets, hasEmblem: true });
    const next = await service.draft(place.provincial, wording({ ...said, emblemOfId: id }));
    expect(next).toMatchObject({ ...said, hasEmblem: true });
    expect((await service.forms([next.id])).get(next.id)?.emblem).toEqual(png());
    const ours = await service.draft(place.provincial, wording());
    expect(ours.sentence).toContain('{standardFa}');
    expect(ours.hasEmblem).toBe(false);
    const elsewhere = { ...place.provincial, provinceCode: '16' } as Actor;
    await expect(service.draft(elsewhere, wording({ emblemOfId: id }))).rejects.toThrow('Not found');
  });

  it('gives the letterheads of the province its emblem while it is in force', async () => {
    const { provincial } = await newPlace(db, { provinceCode: '17' });
    const { id: emblemUploadId } = await uploads.keep(provincial, 'emblem.png', png());
    const ofProvince = () => db.database.read((tx) => emblems.inForce(tx, '17'));
    const { id } = await service.draft(provincial, wording({ emblemUploadId }));
    expect(await ofProvince()).toBeNull();
    await publish(provincial, id);
    const sha256 = (await ofProvince())!;
    expect(await emblems.picture(sha256)).toEqual(png());
    // Its file gone, letterheads and certificates are refused by that name.
    await files.remove(fileKey(sha256));
    await expect(emblems.picture(sha256)).rejects.toEqual(new UnusablePicture('emblem', 'MISSING'));
    expect((await service.forms([id])).get(id)?.emblem).toBeNull();
    await publish(provincial, (await service.draft(provincial, wording())).id);
    expect(await ofProvince()).toBeNull();
  });

  it('is in force once it is published: the own one before the country’s, the newest before the older', async () => {
    const inForce = async () => {
      const [run] = await db.database.read((tx) =>
        tx.query<{ template: string | null }>(`SELECT ${templateInForce('?')} AS template`, ['15']),
      );
      return run?.template;
    };
    expect(await inForce()).toBeNull();
    const ofCountry = await service.draft(national, wording());
    expect(await publish(national, ofCountry.id)).toMatchObject({ state: 'DONE' });
    expect(await inForce()).toBe(ofCountry.id);
    const own = await service.draft(place.provincial, wording());
    const newer = await service.draft(place.provincial, wording());
    expect(await inForce()).toBe(ofCountry.id);
    await publish(place.provincial, newer.id);
    await publish(place.provincial, own.id);
    expect(await inForce()).toBe(newer.id);
    await expect(publish(place.provincial, newer.id)).rejects.toMatchObject({
      reason: Refusal.ALREADY_PUBLISHED,
    });
    expect(await db.events('CertificateTemplatePublished')).toContainEqual({ templateId: newer.id });
    expect(await db.count(BusinessEvent, { name: 'CertificateTemplateDrafted' })).toBeGreaterThan(5);
  });

  it('is another province’s own affair', async () => {
    const elsewhere = { ...place.provincial, provinceCode: '16' };
    const [{ id } = { id: '' }] = await service.list(place.provincial);
    await expect(publish(elsewhere as never, id)).rejects.toThrow('Not found');
    expect((await service.list(elsewhere as never)).every(({ scope }) => scope === COUNTRY)).toBe(true);
    expect((await service.list(place.provincial)).filter(({ inForce }) => inForce)).toHaveLength(2);
    await expect(service.draft(place.officer, wording())).rejects.toThrow('Not allowed');
  });
});
