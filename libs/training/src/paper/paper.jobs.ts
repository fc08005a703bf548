import { Injectable } from '@nestjs/common';
import { OnEvent } from '@app/platform';
import { PaperOrdered } from './paper.events.js';
import { PaperDrawService } from './paper-draw.service.js';

@Injectable()
export class PaperJobs {
  constructor(private readonly papers: PaperDrawService) {}

  /** Draws an ordered paper. Reads the run as it is now; when the paper is ready there is nothing to do. */
  @OnEvent(PaperOrdered, { about: ({ orderId }) => orderId, gaveUp: 'giveUp' })
  drawPaper({ orderId }: PaperOrdered): Promise<void> {
    return this.papers.draw(orderId);
  }

  /** Says on the document why it could not be drawn. */
  giveUp({ orderId }: PaperOrdered, reason: string): Promise<void> {
    return this.papers.giveUp(orderId, reason);
  }
}
