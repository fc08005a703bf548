import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import {
  type Actor,
  type AgreementDetail,
  AgreementDetailName,
  AgreementKind,
  Agreements,
  type ToldRequest,
} from '@app/access';
import { Documents, Drawing, PaperRefused, StoredDocument, Uploads } from '@app/documents';
import type { Template } from '@app/documents/pure';
import { storeForm } from '@app/persian';
import { Clock, Database, newId, type Reads, Refused, type Tx } from '@app/platform';
import { Emblems, Office, OfficeKind } from '@app/training';
import { type CertificateForm, type CertificateModel, drawCertificate } from '../certificate/certificate.document.js';
import { certificateLayout, SLOTS, wordingOf } from '../certificate/certificate-layout.document.js';
import { CertificateTemplate, CertificateTemplateState as State, COUNTRY } from './certificate-template.entity.js';
import { CertificateTemplateDrafted, CertificateTemplatePublished } from './certificate-template.events.js';
import {
  CertificateDesign,
  type CertificateTemplateType,
  type DraftCertificateTemplateInput,
  PrintMode,
} from './certificate-template.graphql.js';
import { DESIGNERS, scopeOf, templatesSeenBy } from './certificate-template.policy.js';
import { CertificateTemplateRefusal as Refusal, mayPublish, unknownSlot } from './certificate-template.rules.js';

/** The kind of a template's preview; its subject is the template. */
const PREVIEW = 'CERTIFICATE_TEMPLATE';
const WATERMARK = 'پیش‌نمایش، فاقد اعتبار';
const CERTIFICATE = {
  draw: drawCertificate,
  from: new URL('../certificate/certificate.document.js', import.meta.url),
};
/** What is shown of them; a province has a few in its life. */
const SHOWN = 100;

/** The forms of certificates: written as versions, seen as previews, and published. */
@Injectable()
export class CertificateTemplateService implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly documents: Documents,
    private readonly uploads: Uploads,
    private readonly drawing: Drawing,
    private readonly clock: Clock,
    private readonly agreements: Agreements,
    private readonly emblems: Emblems,
  ) {}

  onModuleInit(): void {
    this.emblems.keptBy(emblemInForce);
    this.documents.allow(PREVIEW, async (tx, actor, templateId) => {
      await tx.get(CertificateTemplate, { id: templateId, ...templatesSeenBy(actor) });
    });
    this.agreements.register<{ templateId: string }>({
      kind: AgreementKind.CERTIFICATE_TEMPLATE,
      askers: DESIGNERS,
      agreers: DESIGNERS,
      perform: (tx, asker, body) => this.publish(tx, asker, body),
    });
  }

  /**
   * Writes a new version with its preview. Certificates are not issued by it yet.
   *
   * @throws NotFound the emblem is not an upload of the actor's, or not of a version the actor sees
   * @throws Refused  the paper cannot be drawn so (a `CertificateTemplateRefusal`); nothing is written
   */
  async draft(actor: Actor, input: DraftCertificateTemplateInput): Promise<CertificateTemplateType> {
    const scope = scopeOf(actor);
    const earlier = input.emblemOfId ? await this.emblemBefore(actor, input.emblemOfId) : null;
    const layout = this.layoutOf(input, Boolean(input.emblemUploadId) || earlier !== null);
    const id = newId();
    // Files before the rows that name them.
    const store = async () => {
      const emblem = input.emblemUploadId ? await this.emblemOf(actor, input.emblemUploadId) : earlier;
      const example = await this.db.read((tx) => this.example(tx, scope));
      const paper = await this.drawing
        .one(CERTIFICATE, { ...example, form: { id, layout, emblem } })
        .catch((error: unknown) => {
          throw error instanceof PaperRefused ? refusalOf(error) : error;
        });
      const preview = await this.documents.store(paper);
      return { preview, emblem: emblem && (await this.documents.store(emblem)).sha256 };
    };
    return this.db.writePrepared(actor, store, async (tx, { preview, emblem }) => {
      const ofCountry = scope === COUNTRY;
      // Held, so that two drafts of one scope get one version after the other.
      await tx.lock(
        Office,
        ofCountry ? { kind: OfficeKind.NATIONAL } : { kind: OfficeKind.PROVINCIAL, provinceCode: scope },
      );
      const [newest] = await tx
        .repo(CertificateTemplate)
        .find({ where: { scope }, order: { version: 'DESC' }, take: 1 });
      const template = await tx.insert(CertificateTemplate, {
        ...{ id, scope, version: (newest?.version ?? 0) + 1, state: State.DRAFT, title: input.title, layout },
        ...{ emblem, createdBy: actor.userId, createdAt: this.clock.now(), publishedAt: null },
      });
      const document = await this.documents.request(tx, {
        ...{ kind: PREVIEW, subjectId: id, mimeType: 'application/pdf', requestedBy: actor.userId },
        fileName: `certificate-${scope}-${template.version}.pdf`,
      });
      await this.documents.ready(tx, document.id, preview);
      tx.emit(CertificateTemplateDrafted, { templateId: id });
      return told(actor, template, await tx.get(StoredDocument, { id: document.id }), false);
    });
  }

  /**
   * Asks to issue the certificates of the scope by this version; those that stand keep theirs.
   *
   * @throws NotFound no such template, or one of another scope
   * @throws Refused  it is published already
   */
  askPublication(actor: Actor, templateId: string, purpose: string): Promise<ToldRequest> {
    return this.agreements.ask(actor, AgreementKind.CERTIFICATE_TEMPLATE, { templateId }, purpose);
  }

  private async publish(tx: Tx, asker: Actor, { templateId }: { templateId: string }): Promise<AgreementDetail[]> {
    const template = await tx.lock(CertificateTemplate, { id: templateId, scope: scopeOf(asker) });
    if (!mayPublish(template.state)) throw new Refused(Refusal.ALREADY_PUBLISHED);
    const published = { state: State.PUBLISHED, publishedAt: this.clock.now() };
    await tx.update(CertificateTemplate, { id: templateId }, published);
    tx.emit(CertificateTemplatePublished, { templateId });
    return [
      { name: AgreementDetailName.TITLE, value: template.title },
      { name: AgreementDetailName.VERSION, value: String(template.version) },
      { name: AgreementDetailName.SCOPE, value: template.scope },
    ];
  }

  /** The own templates and the country's, the newest first. */
  list(actor: Actor): Promise<CertificateTemplateType[]> {
    return this.db.read(async (tx) => {
      const templates = await tx.repo(CertificateTemplate).find({
        where: templatesSeenBy(actor),
        order: { scope: 'ASC', version: 'DESC' },
        take: SHOWN,
      });
      const ids = templates.map(({ id }) => id);
      const previewOf = await this.documents.of(tx, PREVIEW, ids);
      const newest = new Map<string, string>();
      for (const { id, scope, state } of templates)
        if (state === State.PUBLISHED && !newest.has(scope)) newest.set(scope, id);
      return templates.flatMap((template) => {
        const preview = previewOf.get(template.id);
        return preview ? [told(actor, template, preview, newest.get(template.scope) === template.id)] : [];
      });
    });
  }

  /** The forms of these ids, with the emblems that belong to them. */
  async forms(ids: readonly string[]): Promise<Map<string, CertificateForm>> {
    const templates = await this.db.read((tx) => tx.repo(CertificateTemplate).findBy({ id: In([...ids]) }));
    const forms = templates.map(async ({ id, layout, emblem }): Promise<[string, CertificateForm]> => {
      const picture = emblem ? await this.documents.fileOf(emblem) : null;
      return [id, { id, layout: layout as Template, emblem: picture }];
    });
    return new Map(await Promise.all(forms));
  }

  private layoutOf(input: DraftCertificateTemplateInput, emblem: boolean): Template {
    const { design, title, sentence, english, printMode, offsetXMm, offsetYMm } = input;
    const wording = `${title} ${sentence ?? ''} ${english ?? ''}`;
    const slot = unknownSlot(wording, SLOTS);
    if (slot !== null)
      throw new Refused(Refusal.UNKNOWN_SLOT, {
        mendFa: `گواهینامه مقداری به نام «${slot}» ندارد.`,
        mendEn: `A certificate has no value called "${slot}".`,
      });
    return certificateLayout({
      ...{ design: DESIGNS[design], title: storeForm(title) },
      ...{ sentence: sentence ? storeForm(sentence) : null, english: english ? storeForm(english) : null },
      emblem,
      print: { mode: MODES[printMode], offset: { x: offsetXMm, y: offsetYMm } },
    });
  }

  private async emblemOf(actor: Actor, uploadId: string): Promise<Uint8Array> {
    const { id } = await this.uploads.get(actor, uploadId);
    return this.uploads.read(id);
  }

  /** The emblem of a version the actor sees; null where it has none. */
  private async emblemBefore(actor: Actor, id: string): Promise<Uint8Array | null> {
    const { emblem } = await this.db.read((tx) => tx.get(CertificateTemplate, { id, ...templatesSeenBy(actor) }));
    return emblem ? this.documents.fileOf(emblem) : null;
  }

  /** A certificate with the longest names there are: people's from the list of names, the others from the tables. */
  private async example(tx: Reads, scope: string): Promise<CertificateModel> {
    const longest = async (sql: string, ...values: unknown[]) =>
      (await tx.query<{ text: string }>(`${sql} ORDER BY LENGTH(text) DESC, text LIMIT 1`, values))[0]?.text ?? '';
    const inScope = scope === COUNTRY ? '' : ' WHERE provinceCode = ?';
    const bound = scope === COUNTRY ? [] : [scope];
    return {
      ...EXAMPLE,
      standardTitleFa: await longest('SELECT titleFa AS text FROM training_standard'),
      standardTitleEn: await longest('SELECT titleEn AS text FROM training_standard'),
      instituteName: await longest(`SELECT name AS text FROM institute${inScope}`, ...bound),
      officeName: await longest(`SELECT name AS text FROM office${inScope}`, ...bound),
      provincialOfficeName: await longest(`SELECT name AS text FROM office${inScope}`, ...bound),
      issuedOn: this.clock.today(),
    };
  }
}

/**
 * The template by which certificates of a province are issued, as a value in a statement: its own newest, else the
 * country's, else ours (null).
 *
 * @param province the province's code, as the statement has it: a column or a mark
 */
export const templateInForce = (province: string): string =>
  `(SELECT f.id FROM certificate_template f WHERE f.state = 'PUBLISHED' AND f.scope IN (${province}, '${COUNTRY}')
    ORDER BY CASE WHEN f.scope = '${COUNTRY}' THEN 1 ELSE 0 END, f.version DESC LIMIT 1)`;

/** The emblem of that template, by the hash of its picture: letterheads of the province have it too. */
async function emblemInForce(tx: Reads, provinceCode: string): Promise<string | null> {
  const sql = `SELECT t.emblem FROM certificate_template t WHERE t.id = ${templateInForce('?')}`;
  const [template] = await tx.query<{ emblem: string | null }>(sql, [provinceCode]);
  return template?.emblem ?? null;
}

const DESIGNS = { [CertificateDesign.NAQSH]: 'naqsh', [CertificateDesign.SOBER]: 'sober' } as const;
const MODES = { [PrintMode.FULL]: 'full', [PrintMode.DATA]: 'data', [PrintMode.GREY]: 'grey' } as const;

function refusalOf(error: PaperRefused): Refused {
  const { messageFa, messageEn } = error;
  const reasons: Record<string, Refusal> = {
    TextDoesNotFit: Refusal.TEXT_DOES_NOT_FIT,
    MissingGlyph: Refusal.MISSING_GLYPH,
    UnusablePicture: Refusal.UNUSABLE_PICTURE,
  };
  return new Refused(reasons[error.name] ?? Refusal.TEXT_DOES_NOT_FIT, { mendFa: messageFa, mendEn: messageEn });
}

function told(
  actor: Actor,
  template: CertificateTemplate,
  preview: StoredDocument,
  inForce: boolean,
): CertificateTemplateType {
  const { id, scope, version, state, title, createdAt, publishedAt } = template;
  const layout = template.layout as Template;
  const { art, print } = layout;
  return {
    viewerCanPublish: scope === scopeOf(actor) && mayPublish(state),
    ...{ id, scope, version, state, inForce, title, createdAt, publishedAt, preview },
    ...{ ...wordingOf(layout), hasEmblem: template.emblem !== null },
    ...{ offsetXMm: print.offset?.x ?? 0, offsetYMm: print.offset?.y ?? 0 },
    design: art === 'sober' ? CertificateDesign.SOBER : CertificateDesign.NAQSH,
    printMode: print.mode === 'data' ? PrintMode.DATA : print.mode === 'grey' ? PrintMode.GREY : PrintMode.FULL,
  };
}

/** Nobody's certificate, with the longest names of libs/persian/data/persian-names.csv. */
const EXAMPLE: Omit<
  CertificateModel,
  'standardTitleFa' | 'standardTitleEn' | 'instituteName' | 'officeName' | 'provincialOfficeName' | 'issuedOn'
> = {
  serial: '88-1405-0999999',
  code: 'ABCD-EFGH-JKMN-PQRS-T',
  verifyUrl: 'https://example.invalid/v/ABCDEFGHJKMNPQRST',
  holderGivenName: 'اعظم‌السادات',
  holderFamilyName: 'یوسفی خورشیدآباد سفلی',
  fatherName: 'قربان‌دردی',
  nationalId: '0000000000',
  standardCode: '888888888888888-8',
  theoryMinutes: 8888 * 60 + 45,
  practiceMinutes: 8888 * 60 + 45,
  writtenMarkHundredths: 8875,
  practicalMarkHundredths: 8875,
  finalMarkHundredths: 8875,
  gradeFa: 'متوسط',
  examOn: '2026-11-21',
  startedOn: '2026-11-21',
  endedOn: '2026-11-21',
  watermark: WATERMARK,
};
