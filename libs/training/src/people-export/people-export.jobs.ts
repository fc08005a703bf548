import { Injectable } from '@nestjs/common';
import { OnEvent } from '@app/platform';
import { PeopleExportAgreed } from './people-export.events.js';
import { PeopleExportService } from './people-export.service.js';

@Injectable()
export class PeopleExportJobs {
  constructor(private readonly exports: PeopleExportService) {}

  /** Writes the file. Reads the people as they are when it runs; ready, there is nothing to do. */
  @OnEvent(PeopleExportAgreed, { about: ({ exportId }) => exportId, gaveUp: 'giveUp' })
  write({ exportId, officeId }: PeopleExportAgreed): Promise<void> {
    return this.exports.write(exportId, officeId);
  }

  giveUp({ exportId }: PeopleExportAgreed, reason: string): Promise<void> {
    return this.exports.giveUp(exportId, reason);
  }
}
