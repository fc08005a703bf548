import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import type { Actor } from '@app/access';
import { Documents, StoredDocument } from '@app/documents';
import { Clock, Database, Keys, Refused } from '@app/platform';
import { CourseRun } from '../course-run/course-run.entity.js';
import { runsSeenBy } from '../course-run/course-run.policy.js';
import { PaperOrdered } from './paper.events.js';
import type { OrderPaperInput } from './paper.graphql.js';
import { papersOf, papersToOrder, runsPapered } from './paper.policy.js';
import { type PaperDetails, refusePaper } from './paper.rules.js';
import { PAPER_FILES, PaperFormat } from './paper-format.rules.js';
import { PaperKind, PaperOrder } from './paper-order.entity.js';
import { PaperModelService } from './paper-model.service.js';

const FILE_NAMES: Record<PaperKind, string> = {
  ATTENDANCE_SHEET: 'attendance-sheet',
  ATTENDANCE_REPORT: 'attendance-report',
  CLASS_LIST: 'class-list',
  EXAM_LIST: 'exam-list',
  EXAM_CARDS: 'exam-cards',
  COMPLETION_NOTICES: 'completion-notices',
  LETTER_OF_THANKS: 'letter-of-thanks',
  LETTER_OF_REFUSAL: 'letter-of-refusal',
  LABELS: 'labels',
};

/** The kind of the stored document of an order. */
export const documentKind = (kind: PaperKind) => `PAPER_${kind}`;

/** A paper that was ordered, and how far it is. */
export interface OrderedPaper {
  id: string;
  kind: PaperKind;
  document: StoredDocument;
}

/** The newest papers of a run that are shown. */
const SHOWN = 100;

/** Papers about course runs, as they are ordered and shown; a job draws them. */
@Injectable()
export class PaperService implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly documents: Documents,
    private readonly models: PaperModelService,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  /** Whoever may order a paper may open it. */
  onModuleInit(): void {
    for (const kind of Object.values(PaperKind))
      this.documents.allow(
        documentKind(kind),
        async (tx, actor, orderId) => {
          const { runId } = await tx.get(PaperOrder, { id: orderId });
          await tx.get(CourseRun, { id: runId, ...runsPapered(actor, kind) });
        },
        { cancellable: true },
      );
  }

  /**
   * Orders a paper about a run; a job draws it. The same paper ordered again is drawn again.
   *
   * @throws NotFound the run is not the actor's
   * @throws Refused  a rule says no (a `PaperRefusal`); nothing is written
   */
  order(actor: Actor, input: OrderPaperInput): Promise<OrderedPaper> {
    const { runId, kind } = input;
    return this.db.write(actor, async (tx) => {
      // Locked, so that two who order the same paper at once get the same one.
      const run = await tx.lock(CourseRun, { id: runId, ...runsPapered(actor, kind) });
      const details = this.detailsOf(input);
      const { head, people } = await this.models.read(tx, runId, kind, details);
      const counts = { sessionCount: head.sessions.length, personCount: people.length };
      const refusal = refusePaper(kind, details, { ...run, ...counts });
      if (refusal) throw new Refused(refusal);

      const text = JSON.stringify(details);
      const index = await tx.indexing();
      const detailsIndex = In(this.keys.blindIndexes('paper', text));
      const known = await tx.repo(PaperOrder).findOneBy({ runId, kind, detailsIndex });
      const asked = { runId, kind, details: text, detailsIndex: index('paper', text) };
      const by = { orderedBy: actor.userId, orderedAt: this.clock.now() };
      const { id } = known ?? (await tx.insert(PaperOrder, { ...asked, ...by }));
      const { extension, mimeType } = PAPER_FILES[input.format ?? PaperFormat.PDF];
      const document = await this.documents.request(tx, {
        kind: documentKind(kind),
        subjectId: id,
        fileName: `${FILE_NAMES[kind]}-${run.number}.${extension}`,
        mimeType,
        requestedBy: actor.userId,
      });
      tx.emit(PaperOrdered, { orderId: id, runId });
      return { id, kind, document };
    });
  }

  /**
   * The papers of a run that the actor may open, the newest first, and those that may be ordered now.
   *
   * @throws NotFound the run is not the actor's to see
   */
  list(actor: Actor, runId: string): Promise<{ viewerCanOrder: PaperKind[]; papers: OrderedPaper[] }> {
    return this.db.read(async (tx) => {
      const run = await tx.get(CourseRun, { id: runId, ...runsSeenBy(actor) });
      const orders = await tx.repo(PaperOrder).find({
        where: { runId, kind: In(papersOf(actor)) },
        order: { orderedAt: 'DESC', id: 'DESC' },
        take: SHOWN,
      });
      const documents = await tx.repo(StoredDocument).findBy({
        subjectId: In(orders.map(({ id }) => id)),
        kind: In(papersOf(actor).map(documentKind)),
      });
      const papers = orders.flatMap(({ id, kind }) => {
        const document = documents.find(({ subjectId }) => subjectId === id);
        return document ? [{ id, kind, document }] : [];
      });
      return { viewerCanOrder: papersToOrder(actor, run), papers };
    });
  }

  /** Always with the same members in the same order: two orders are one when their texts are. */
  private detailsOf({ grey, format, month, sitting, letter, labels }: OrderPaperInput): PaperDetails {
    return {
      grey: grey ?? false,
      // A PDF says nothing here, so that an order from before the choice is the same order.
      ...(format && format !== PaperFormat.PDF && { format }),
      month: month ?? null,
      sitting: sitting
        ? { part: sitting.part, day: sitting.day, startMinute: sitting.startMinute, place: sitting.place }
        : null,
      letter: letter
        ? {
            number: letter.number ?? null,
            day: this.clock.today(),
            attachments: letter.attachments ?? null,
            addressee: letter.addressee,
            request: letter.request?.trim() ?? '',
            reason: letter.reason?.trim() ?? '',
          }
        : null,
      labels: labels
        ? {
            columns: labels.columns,
            rows: labels.rows,
            widthMm: labels.widthMm,
            heightMm: labels.heightMm,
            topMm: labels.topMm,
            rightMm: labels.rightMm,
            columnGapMm: labels.columnGapMm,
            rowGapMm: labels.rowGapMm,
            start: labels.start,
          }
        : null,
    };
  }
}
