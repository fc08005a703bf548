import { DomainEvent } from '@app/platform';

/** A sheet was marked or corrected. */
export class AttendanceMarked extends DomainEvent {
  runId: string;
  sessionId: string;
  /** Marks that were given already and are now others. */
  corrected: number;
}

/** Someone wants the attendance report of a run. */
export class AttendanceReportRequested extends DomainEvent {
  runId: string;
}
