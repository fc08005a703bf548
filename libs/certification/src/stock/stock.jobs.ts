import { Injectable } from '@nestjs/common';
import { OnEvent } from '@app/platform';
import { StockPrinterSet, StockPrintOrdered } from './stock.events.js';
import { StockDrawService } from './stock-draw.service.js';

@Injectable()
export class StockJobs {
  constructor(private readonly stock: StockDrawService) {}

  /** Draws what is printed on the forms. Drawn again it has the same bytes: offsets and forms stand in its rows. */
  @OnEvent(StockPrintOrdered, { about: ({ printId }) => printId, gaveUp: 'giveUpPrint' })
  drawPrint({ printId }: StockPrintOrdered): Promise<void> {
    return this.stock.drawPrint(printId);
  }

  giveUpPrint({ printId }: StockPrintOrdered, reason: string): Promise<void> {
    return this.stock.giveUp(printId, reason);
  }

  /** Draws the test page of a printer with the offsets it has by then. */
  @OnEvent(StockPrinterSet, { about: ({ printerId }) => printerId, gaveUp: 'giveUpTest' })
  drawTest({ printerId }: StockPrinterSet): Promise<void> {
    return this.stock.drawTest(printerId);
  }

  giveUpTest({ printerId }: StockPrinterSet, reason: string): Promise<void> {
    return this.stock.giveUp(printerId, reason);
  }
}
