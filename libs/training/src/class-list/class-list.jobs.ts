import { Injectable } from '@nestjs/common';
import { OnEvent } from '@app/platform';
import { ClassListAccepted, ClassListHandedIn } from './class-list.events.js';
import { ClassListImportService } from './class-list-import.service.js';

@Injectable()
export class ClassListJobs {
  constructor(private readonly imports: ClassListImportService) {}

  /** Reads a list and tells of every row; enrols nobody. Run twice, the second finds it read. */
  @OnEvent(ClassListHandedIn, { about: ({ importId }) => importId, gaveUp: 'giveUpReading' })
  read({ importId }: ClassListHandedIn): Promise<void> {
    return this.imports.read(importId);
  }

  /** Enrols the people of a list. Run twice, the second finds them enrolled. */
  @OnEvent(ClassListAccepted, { about: ({ importId }) => importId, gaveUp: 'giveUpEnrolling' })
  enrol({ importId }: ClassListAccepted): Promise<void> {
    return this.imports.enrol(importId);
  }

  giveUpReading({ importId }: ClassListHandedIn): Promise<void> {
    return this.imports.giveUpReading(importId);
  }

  giveUpEnrolling({ importId }: ClassListAccepted): Promise<void> {
    return this.imports.giveUpEnrolling(importId);
  }
}
