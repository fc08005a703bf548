import { Injectable } from '@nestjs/common';
import { OnEvent } from '@app/platform';
import { DuplicateIssued } from './duplicate.events.js';
import { DuplicateService } from './duplicate.service.js';

@Injectable()
export class DuplicateJobs {
  constructor(private readonly duplicates: DuplicateService) {}

  /** Draws the cover page; when it is ready there is nothing to do. */
  @OnEvent(DuplicateIssued, { about: ({ duplicateId }) => duplicateId, gaveUp: 'giveUp' })
  drawCover({ duplicateId }: DuplicateIssued): Promise<void> {
    return this.duplicates.draw(duplicateId);
  }

  /** Says on the document why it could not be drawn. */
  giveUp({ duplicateId }: DuplicateIssued, reason: string): Promise<void> {
    return this.duplicates.giveUp(duplicateId, reason);
  }
}
