import { DomainEvent } from '@app/platform';

/** Marks of one part of an exam were entered for a run. */
export class ExamMarksEntered extends DomainEvent {
  runId: string;
  part: string;
  count: number;
}
