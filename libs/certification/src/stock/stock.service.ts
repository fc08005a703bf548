import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Between, In, LessThan } from 'typeorm';
import type { Actor } from '@app/access';
import { Documents, StoredDocument } from '@app/documents';
import {
  Clock,
  cursorKey,
  Database,
  type Page,
  type PageArgs,
  pageOf,
  type Reads,
  Refused,
  type Tx,
} from '@app/platform';
import { CourseRun, Office } from '@app/training';
import { Certificate, CertificateStatus } from '../certificate/certificate.entity.js';
import { runsIssuedBy } from '../certificate/certificate.policy.js';
import { serialOf } from '../certificate/certificate.rules.js';
import { StockForm, StockFormState, StockPrint, StockPrinter } from './stock.entity.js';
import { StockFormSpoiled, StockPrinterSet, StockPrintOrdered, StockReceived } from './stock.events.js';
import type {
  PrintOnStockInput,
  ReceiveStockInput,
  SetStockPrinterInput,
  SpoilStockFormInput,
} from './stock.graphql.js';
import { stockOf } from './stock.policy.js';
import { refuseForms, refuseRange, StockRefusal } from './stock.rules.js';

export const STOCK_PRINT_DOCUMENT = 'CERTIFICATE_STOCK_PRINT';
export const TEST_DOCUMENT = 'STOCK_TEST_PAGE';

/** A form with the serial of the certificate that was printed on it. */
type FormWithSerial = StockForm & { serial: string | null };

/** How many forms of a series there are in each state. */
interface SeriesCount {
  series: string;
  blank: number;
  used: number;
  spoiled: number;
  nextBlank: number | null;
}

/** Numbered forms of an office: received, printed on in their order, written off with a reason. */
@Injectable()
export class StockService implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly documents: Documents,
    private readonly clock: Clock,
  ) {}

  /** What was drawn for an office is its own. */
  onModuleInit(): void {
    this.documents.allow(
      STOCK_PRINT_DOCUMENT,
      async (tx, actor, id) => void (await tx.get(StockPrint, { id, ...stockOf(actor) })),
    );
    this.documents.allow(
      TEST_DOCUMENT,
      async (tx, actor, id) => void (await tx.get(StockPrinter, { id, ...stockOf(actor) })),
    );
  }

  /** @throws Refused the range is wrong, or a number of it has been received; nothing is written */
  receive(actor: Actor, { series, first, last }: ReceiveStockInput): Promise<SeriesCount> {
    return this.db.write(actor, async (tx) => {
      const { officeId } = stockOf(actor);
      const refusal = refuseRange(first, last);
      if (refusal) throw new Refused(refusal);
      // Locked, so that of two who take in the same forms the second finds them.
      await tx.lock(Office, { id: officeId });
      const known = await tx.repo(StockForm).countBy({ series, number: Between(first, last) });
      if (known > 0) throw new Refused(StockRefusal.RECEIVED_ALREADY);
      const blank = { officeId, series, state: StockFormState.BLANK, certificateId: null, printId: null, reason: null };
      await tx.insertAll(
        StockForm,
        Array.from({ length: last - first + 1 }, (_, at) => ({ ...blank, number: first + at, ...this.by(actor) })),
      );
      tx.emit(StockReceived, { officeId, series, first, last });
      return (await this.counts(tx, officeId)).find((each) => each.series === series)!;
    });
  }

  /** Sets by how much a printer must be corrected, and asks for the test page that shows whether it is right. */
  setPrinter(actor: Actor, { name, rightTenths, downTenths }: SetStockPrinterInput) {
    return this.db.write(actor, async (tx) => {
      const { officeId } = stockOf(actor);
      await tx.lock(Office, { id: officeId });
      const known = await tx.repo(StockPrinter).findOneBy({ officeId, name });
      const offsets = { rightTenths, downTenths };
      if (known) await tx.update(StockPrinter, { id: known.id }, offsets);
      const printer = known ? { ...known, ...offsets } : await tx.insert(StockPrinter, { officeId, name, ...offsets });
      const testPage = await this.ask(tx, actor, TEST_DOCUMENT, printer.id, `printer-test.pdf`);
      tx.emit(StockPrinterSet, { printerId: printer.id });
      return { ...printer, testPage };
    });
  }

  /**
   * Gives each valid certificate of a run that lies on no form the next form, in the order of their serials, and asks
   * for the pages.
   *
   * @throws NotFound the run or the printer is not the actor's
   * @throws Refused  a `StockRefusal`; nothing is written
   */
  print(actor: Actor, input: PrintOnStockInput) {
    const { runId, printerId, series, firstNumber, highestOnTop } = input;
    return this.db.write(actor, async (tx) => {
      const { officeId } = stockOf(actor);
      // Locked, so that of two orders for one run the second finds the certificates on their forms.
      const run = await tx.lock(CourseRun, { id: runId, ...runsIssuedBy(actor) });
      const printer = await tx.get(StockPrinter, { id: printerId, officeId });
      const certificates = await tx.query<{ id: string }>(
        `SELECT c.id FROM certificate c WHERE c.runId = ? AND c.status = ?
         AND NOT EXISTS (SELECT 1 FROM stock_form f WHERE f.certificateId = c.id AND f.state = ?) ORDER BY c.number`,
        [runId, CertificateStatus.VALID, StockFormState.PRINTED],
      );
      if (certificates.length === 0) throw new Refused(StockRefusal.NOTHING_TO_PRINT);
      const range = Between(firstNumber, firstNumber + certificates.length - 1);
      const wanted = await tx.repo(StockForm).find({ where: { officeId, series, number: range } });
      const forms = await tx.lockAll(
        StockForm,
        wanted.map(({ id }) => id),
      );
      const refusal = refuseForms(forms, certificates.length);
      if (refusal) throw new Refused(refusal);
      const { rightTenths, downTenths } = printer;
      const asked = { runId, officeId, rightTenths, downTenths, highestOnTop };
      const print = await tx.insert(StockPrint, {
        ...asked,
        orderedBy: actor.userId,
        orderedAt: this.clock.now(),
      });
      const inOrder = forms.toSorted((a, b) => a.number - b.number);
      for (const [at, { id }] of inOrder.entries())
        await tx.update(
          StockForm,
          { id },
          {
            ...{ state: StockFormState.PRINTED, certificateId: certificates[at]!.id, printId: print.id },
            ...this.by(actor),
          },
        );
      const document = await this.ask(
        tx,
        actor,
        STOCK_PRINT_DOCUMENT,
        print.id,
        `certificates-on-forms-${run.number}.pdf`,
      );
      tx.emit(StockPrintOrdered, { printId: print.id, runId });
      const last = firstNumber + certificates.length - 1;
      return { id: print.id, series, first: firstNumber, last, runNumber: run.number, document };
    });
  }

  /**
   * Writes a form off, with the reason. A certificate that was on it can be printed on another.
   *
   * @throws NotFound no such form, or not of this office
   * @throws Refused  it is written off already
   */
  spoil(actor: Actor, { series, number, reason }: SpoilStockFormInput): Promise<FormWithSerial> {
    return this.db.write(actor, async (tx) => {
      const form = await tx.lock(StockForm, { series, number, ...stockOf(actor) });
      if (form.state === StockFormState.SPOILED) throw new Refused(StockRefusal.SPOILED_ALREADY);
      const changed = { state: StockFormState.SPOILED, reason, ...this.by(actor) };
      await tx.update(StockForm, { id: form.id }, changed);
      tx.emit(StockFormSpoiled, { formId: form.id });
      const [told] = await withSerials(tx, [{ ...form, ...changed }]);
      return told!;
    });
  }

  /** The forms of the actor's office by series, its printers, and of one series the forms not blank and the prints. */
  stock(actor: Actor, series: string | null, page: PageArgs) {
    return this.db.read(async (tx) => {
      const { officeId } = stockOf(actor);
      const printers = await tx.repo(StockPrinter).find({ where: { officeId }, order: { name: 'ASC' } });
      const testPages = await this.documents.of(
        tx,
        TEST_DOCUMENT,
        printers.map(({ id }) => id),
      );
      return {
        series: await this.counts(tx, officeId),
        printers: printers.map((printer) => ({ ...printer, testPage: testPages.get(printer.id)! })),
        usedForms: series ? await this.usedForms(tx, officeId, series, page) : { items: [], nextCursor: null },
        prints: series ? await this.prints(tx, officeId, series) : [],
      };
    });
  }

  private async usedForms(
    tx: Reads,
    officeId: string,
    series: string,
    { first, after }: PageArgs,
  ): Promise<Page<FormWithSerial>> {
    const [before] = cursorKey(after, 1) ?? [];
    const forms = await tx.repo(StockForm).find({
      where: {
        ...{ officeId, series, state: In([StockFormState.PRINTED, StockFormState.SPOILED]) },
        ...(before && { number: LessThan(Number(before)) }),
      },
      order: { number: 'DESC' },
      take: first + 1,
    });
    const { items, nextCursor } = pageOf(forms, first, ({ number }) => [number]);
    return { items: await withSerials(tx, items), nextCursor };
  }

  private async prints(tx: Reads, officeId: string, series: string) {
    // By the forms, which the office has an index of.
    const prints = await tx.query<{ id: string; first: number; last: number; runNumber: string }>(
      `SELECT p.id, p.first, p.last, r.number AS runNumber
         FROM (SELECT printId AS id, MIN(number) AS first, MAX(number) AS last FROM stock_form
                WHERE officeId = ? AND series = ? AND printId IS NOT NULL GROUP BY printId) p
         JOIN stock_print o ON o.id = p.id JOIN course_run r ON r.id = o.runId
        ORDER BY o.orderedAt DESC, p.id LIMIT 50`,
      [officeId, series],
    );
    const documents = await this.documents.of(
      tx,
      STOCK_PRINT_DOCUMENT,
      prints.map(({ id }) => id),
    );
    return prints.map((print) => ({ ...print, series, document: documents.get(print.id)! }));
  }

  private async counts(tx: Pick<Tx, 'query'>, officeId: string): Promise<SeriesCount[]> {
    const rows = await tx.query<Record<keyof SeriesCount, string | number | null>>(
      `SELECT series, SUM(CASE WHEN state = 'BLANK' THEN 1 ELSE 0 END) AS blank,
         SUM(CASE WHEN state = 'PRINTED' THEN 1 ELSE 0 END) AS used,
         SUM(CASE WHEN state = 'SPOILED' THEN 1 ELSE 0 END) AS spoiled,
         MIN(CASE WHEN state = 'BLANK' THEN number END) AS nextBlank
       FROM stock_form WHERE officeId = ? GROUP BY series ORDER BY series`,
      [officeId],
    );
    return rows.map(({ series, blank, used, spoiled, nextBlank }) => ({
      ...{ series: String(series), blank: Number(blank), used: Number(used), spoiled: Number(spoiled) },
      nextBlank: nextBlank === null ? null : Number(nextBlank),
    }));
  }

  private ask(tx: Tx, actor: Actor, kind: string, subjectId: string, fileName: string): Promise<StoredDocument> {
    const mimeType = 'application/pdf';
    return this.documents.request(tx, { kind, subjectId, fileName, mimeType, requestedBy: actor.userId });
  }

  private by(actor: Actor) {
    return { changedBy: actor.userId, changedAt: this.clock.now() };
  }
}

async function withSerials(tx: Reads, forms: StockForm[]): Promise<FormWithSerial[]> {
  const ids = new Set(forms.flatMap(({ certificateId }) => certificateId ?? []));
  const certificates = await tx.repo(Certificate).findBy({ id: In([...ids]) });
  const serials = new Map(certificates.map((certificate) => [certificate.id, serialOf(certificate)]));
  return forms.map((form) => ({ ...form, serial: serials.get(form.certificateId ?? '') ?? null }));
}
