import { Injectable } from '@nestjs/common';
import { Documents, Drawing, type Draws, StoredDocument } from '@app/documents';
import { Database } from '@app/platform';
import { AttendanceReportService, REPORT_DRAWN } from '../attendance/attendance-report.service.js';
import { drawAttendanceSheet } from '../attendance/attendance-sheet.document.js';
import { drawClassList } from '../class-list/class-list.document.js';
import { drawCompletionNotices } from '../completion-notice/completion-notice.document.js';
import { drawExamCards } from '../exam/exam-card.document.js';
import { drawExamList } from '../exam/exam-list.document.js';
import { drawLabelSheet } from '../label/label-sheet.document.js';
import { drawLetter } from '../letter/letter.document.js';
import { Emblems } from '../office/emblems.service.js';
import type { PaperDetails } from './paper.rules.js';
import { PaperFormat } from './paper-format.rules.js';
import { documentKind } from './paper.service.js';
import { PaperKind, PaperOrder } from './paper-order.entity.js';
import { PaperModelService } from './paper-model.service.js';

// Where a drawing thread finds each of them.
const documentAt = (path: string) => new URL(`../${path}.document.js`, import.meta.url);
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
    private readonly emblems: Emblems,
    private readonly drawing: Drawing,
  ) {}

  /** Draws a paper that is not ready. Run twice or late, it leaves the paper as its run is by then. */
  async draw(orderId: string): Promise<void> {
    const { order, documents } = await this.ordered(orderId);
    await this.documents.draw(documents, (_, signal) => this.drawn(order, signal));
  }

  async giveUp(orderId: string, reason: string): Promise<void> {
    for (const { id } of (await this.ordered(orderId)).documents) await this.documents.fail(id, reason);
  }

  /** An order, and its document: one, or none. */
  private ordered(orderId: string) {
    return this.db.read(async (tx) => {
      const order = await tx.get(PaperOrder, { id: orderId });
      const asked = { kind: documentKind(order.kind), subjectId: orderId };
      return { order, documents: await tx.repo(StoredDocument).findBy(asked) };
    });
  }

  private async drawn({ runId, kind, details: text }: PaperOrder, signal: AbortSignal): Promise<Uint8Array> {
    const details = JSON.parse(text) as PaperDetails;
    const drawn = <Model>(draws: Draws<Model>, model: Model) => this.drawing.one(draws, model, signal);
    if (kind === PaperKind.ATTENDANCE_REPORT) {
      const model = await this.reports.read(runId, { month: details.month, grey: details.grey }, signal);
      return drawn(REPORT_DRAWN[details.format ?? PaperFormat.PDF], model);
    }
    const facts = await this.db.snapshot((tx) => this.models.read(tx, runId, kind, details));
    const { capacity, heldMinutes, people } = facts;
    const head = { ...facts.head, emblem: await this.emblems.picture(facts.head.emblem) };
    // The rules of the order saw to it that what a paper needs is told.
    switch (kind) {
      case PaperKind.ATTENDANCE_SHEET:
        return drawn({ draw: drawAttendanceSheet, from: SHEET }, { ...head, trainees: people, month: details.month });
      case PaperKind.CLASS_LIST:
        return drawn({ draw: drawClassList, from: CLASS_LIST }, { ...head, capacity, trainees: people });
      case PaperKind.EXAM_LIST: {
        const model = { ...head, sitting: details.sitting!, candidates: people };
        return drawn({ draw: drawExamList, from: EXAM_LIST }, model);
      }
      case PaperKind.EXAM_CARDS: {
        const model = { ...head, sitting: details.sitting!, candidates: people };
        return drawn({ draw: drawExamCards, from: EXAM_CARD }, model);
      }
      case PaperKind.COMPLETION_NOTICES:
        return drawn({ draw: drawCompletionNotices, from: NOTICE }, { ...head, heldMinutes, trainees: people });
      case PaperKind.LETTER_OF_THANKS:
      case PaperKind.LETTER_OF_REFUSAL: {
        const subject = kind === PaperKind.LETTER_OF_THANKS ? ('THANKS' as const) : ('REFUSAL' as const);
        const model = { ...head, ...details.letter!, kind: subject, traineeCount: people.length };
        return drawn({ draw: drawLetter, from: LETTER }, model);
      }
      case PaperKind.LABELS: {
        const { start, ...grid } = details.labels!;
        return drawn({ draw: drawLabelSheet, from: LABEL }, { ...head, grid, start, trainees: people });
      }
    }
  }
}
