import { Injectable } from '@nestjs/common';
import { Documents, DocumentState, Drawing, PaperRefused, StoredDocument } from '@app/documents';
import { Database } from '@app/platform';
import { drawAttendanceReport } from '../attendance/attendance-report.document.js';
import { AttendanceReportService } from '../attendance/attendance-report.service.js';
import { drawAttendanceSheet } from '../attendance/attendance-sheet.document.js';
import { drawClassList } from '../class-list/class-list.document.js';
import { drawCompletionNotices } from '../completion-notice/completion-notice.document.js';
import { drawExamCards } from '../exam/exam-card.document.js';
import { drawExamList } from '../exam/exam-list.document.js';
import { drawLabelSheet } from '../label/label-sheet.document.js';
import { drawLetter } from '../letter/letter.document.js';
import type { PaperDetails } from './paper.rules.js';
import { documentKind } from './paper.service.js';
import { PaperKind, PaperOrder } from './paper-order.entity.js';
import { PaperModelService, type RunPaperFacts } from './paper-model.service.js';

// Where a drawing thread finds each of them.
const documentAt = (path: string) => new URL(`../${path}.document.js`, import.meta.url);
const REPORT = documentAt('attendance/attendance-report');
const SHEET = documentAt('attendance/attendance-sheet');
const CLASS_LIST = documentAt('class-list/class-list');
const EXAM_LIST = documentAt('exam/exam-list');
const EXAM_CARD = documentAt('exam/exam-card');
const NOTICE = documentAt('completion-notice/completion-notice');
const LETTER = documentAt('letter/letter');
const LABEL = documentAt('label/label-sheet');

/** Draws the papers that were ordered. */
@Injectable()
export class PaperDrawService {
  constructor(
    private readonly db: Database,
    private readonly documents: Documents,
    private readonly models: PaperModelService,
    private readonly reports: AttendanceReportService,
    private readonly drawing: Drawing,
  ) {}

  /** Draws a paper that is not ready. Run twice or late, it leaves the paper as its run is by then. */
  async draw(orderId: string): Promise<void> {
    const { order, document } = await this.ordered(orderId);
    if (!document || document.state === DocumentState.READY) return;
    await this.documents.begin(document);
    try {
      await this.documents.finish(document, await this.drawn(order));
    } catch (error) {
      if (!(error instanceof PaperRefused)) throw error;
      await this.documents.fail(document.id, error.message);
    }
  }

  async giveUp(orderId: string, reason: string): Promise<void> {
    const { document } = await this.ordered(orderId);
    if (document) await this.documents.fail(document.id, reason);
  }

  private ordered(orderId: string) {
    return this.db.read(async (tx) => {
      const order = await tx.get(PaperOrder, { id: orderId });
      const document = await tx.repo(StoredDocument).findOneBy({
        kind: documentKind(order.kind),
        subjectId: orderId,
      });
      return { order, document };
    });
  }

  private async drawn({ runId, kind, details: text }: PaperOrder): Promise<Uint8Array> {
    const details = JSON.parse(text) as PaperDetails;
    if (kind === PaperKind.ATTENDANCE_MONTH) {
      const model = await this.db.snapshot((tx) => this.reports.model(tx, runId, details.month));
      return this.drawing.one({ draw: drawAttendanceReport, from: REPORT }, model);
    }
    const facts = await this.db.snapshot((tx) => this.models.read(tx, runId, kind, details));
    return this.draws(kind, details, facts);
  }

  /** The rules of the order saw to it that what a paper needs is told. */
  private draws(
    kind: Exclude<PaperKind, PaperKind.ATTENDANCE_MONTH>,
    details: PaperDetails,
    { head, capacity, heldMinutes, people }: RunPaperFacts,
  ): Promise<Uint8Array> {
    const { drawing } = this;
    switch (kind) {
      case PaperKind.ATTENDANCE_SHEET: {
        const model = { ...head, trainees: people, month: details.month };
        return drawing.one({ draw: drawAttendanceSheet, from: SHEET }, model);
      }
      case PaperKind.CLASS_LIST:
        return drawing.one({ draw: drawClassList, from: CLASS_LIST }, { ...head, capacity, trainees: people });
      case PaperKind.EXAM_LIST: {
        const model = { ...head, sitting: details.sitting!, candidates: people };
        return drawing.one({ draw: drawExamList, from: EXAM_LIST }, model);
      }
      case PaperKind.EXAM_CARDS: {
        const model = { ...head, sitting: details.sitting!, candidates: people };
        return drawing.one({ draw: drawExamCards, from: EXAM_CARD }, model);
      }
      case PaperKind.COMPLETION_NOTICES: {
        const model = { ...head, heldMinutes, trainees: people };
        return drawing.one({ draw: drawCompletionNotices, from: NOTICE }, model);
      }
      case PaperKind.LETTER_OF_THANKS:
      case PaperKind.LETTER_OF_REFUSAL: {
        const subject = kind === PaperKind.LETTER_OF_THANKS ? ('THANKS' as const) : ('REFUSAL' as const);
        const model = { ...head, ...details.letter!, kind: subject, traineeCount: people.length };
        return drawing.one({ draw: drawLetter, from: LETTER }, model);
      }
      case PaperKind.LABELS: {
        const { start, ...grid } = details.labels!;
        return drawing.one({ draw: drawLabelSheet, from: LABEL }, { ...head, grid, start, trainees: people });
      }
    }
  }
}
