import { Entity, Index, type Relation } from 'typeorm';
import { BelongsTo, Choice, Count, Id, Instant, Personal, Ref, Text } from '@app/platform';
import { CourseRun } from '../course-run/course-run.entity.js';

export enum ClassListImportState {
  READING = 'READING',
  READ = 'READ', // the dry run's report is there; nobody is enrolled
  ENROLLING = 'ENROLLING',
  ENROLLED = 'ENROLLED',
  REFUSED = 'REFUSED', // the file cannot be read; nothing was imported
}

/** One class list that an institute handed in for a course run. The report of its rows is personal. */
@Entity('class_list_import')
@Index('class_list_import_by_run', ['runId'])
export class ClassListImport {
  @Id() id: string;
  @Ref() runId: string;
  @Ref() uploadId: string;
  @Text(200, { nullable: true }) sheet: string | null;
  @Choice(ClassListImportState) state: ClassListImportState;
  @Count() rowCount: number;
  @Count() acceptedCount: number;
  @Count() refusedCount: number;
  /** The key of the sealed report in the file store; null until it is read. */
  @Text(200, { nullable: true }) reportKey: string | null;
  @Text(40, { nullable: true }) reason: string | null;
  /** Why the file was refused, and the mend. May quote the file. */
  @Personal(500, { nullable: true }) messageFa: string | null;
  @Personal(500, { nullable: true }) messageEn: string | null;
  @Ref() requestedBy: string;
  @Instant() requestedAt: Date;
  @BelongsTo(() => CourseRun, 'runId') run: Relation<CourseRun>;
}
