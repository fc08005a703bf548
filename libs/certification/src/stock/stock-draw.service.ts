import { Injectable } from '@nestjs/common';
import { Documents, Drawing, StoredDocument } from '@app/documents';
import { Clock, Database } from '@app/platform';
import { modelOf } from '../certificate/certificate-printed.service.js';
import { Certificate } from '../certificate/certificate.entity.js';
import { StockForm, StockFormState, StockPrint, StockPrinter } from './stock.entity.js';
import { STOCK_PRINT_DOCUMENT, TEST_DOCUMENT } from './stock.service.js';
import { drawStockPrint, drawStockTest, type StockPrintModel, type StockTestModel } from './stock-print.document.js';

const from = new URL('./stock-print.document.js', import.meta.url);

/** Draws what is printed on numbered forms, and the test pages of printers. */
@Injectable()
export class StockDrawService {
  constructor(
    private readonly db: Database,
    private readonly documents: Documents,
    private readonly drawing: Drawing,
    private readonly clock: Clock,
  ) {}

  drawPrint(printId: string): Promise<void> {
    return this.draw(STOCK_PRINT_DOCUMENT, printId, async () =>
      this.drawing.one({ draw: drawStockPrint, from }, await this.printed(printId)),
    );
  }

  drawTest(printerId: string): Promise<void> {
    return this.draw(TEST_DOCUMENT, printerId, async () =>
      this.drawing.one({ draw: drawStockTest, from }, await this.tested(printerId)),
    );
  }

  async giveUp(subjectId: string, reason: string): Promise<void> {
    for (const kind of [STOCK_PRINT_DOCUMENT, TEST_DOCUMENT]) {
      for (const { id } of await this.asked(kind, subjectId)) await this.documents.fail(id, reason);
    }
  }

  private async draw(kind: string, subjectId: string, drawn: () => Promise<Uint8Array>): Promise<void> {
    await this.documents.draw(await this.asked(kind, subjectId), drawn);
  }

  /** One, or none. */
  private asked(kind: string, subjectId: string): Promise<StoredDocument[]> {
    return this.db.read((tx) => tx.repo(StoredDocument).findBy({ kind, subjectId }));
  }

  /** The certificates in the order of their forms. A form that was written off meanwhile is left out. */
  private printed(printId: string): Promise<StockPrintModel> {
    return this.db.snapshot(async (tx) => {
      const { rightTenths, downTenths, highestOnTop, orderedAt } = await tx.get(StockPrint, { id: printId });
      const state = StockFormState.PRINTED;
      const forms = await tx.repo(StockForm).find({ where: { printId, state }, order: { number: 'ASC' } });
      const pages: StockPrintModel['pages'] = [];
      for (const { certificateId, series, number } of forms) {
        const certificate = modelOf(tx, await tx.get(Certificate, { id: certificateId! }));
        pages.push({ certificate, formNumber: `${series}/${number}` });
      }
      return { pages, rightTenths, downTenths, highestOnTop, drawnAt: orderedAt };
    });
  }

  private tested(printerId: string): Promise<StockTestModel> {
    return this.db.read(async (tx) => {
      const { name, rightTenths, downTenths } = await tx.get(StockPrinter, { id: printerId });
      return { printerName: name, rightTenths, downTenths, drawnAt: this.clock.now() };
    });
  }
}
