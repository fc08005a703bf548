import { DomainEvent } from '@app/platform';

/** An office has opened a run; it may enrol. */
export class CourseRunOpened extends DomainEvent {
  runId: string;
}

/** The first sheet of a run was marked. */
export class CourseRunStarted extends DomainEvent {
  runId: string;
}

/** The sessions of a run are over; exams may be entered. */
export class CourseRunFinished extends DomainEvent {
  runId: string;
}

/** An office has called a run off; the sessions to come are cancelled with it. */
export class CourseRunCancelled extends DomainEvent {
  runId: string;
}
