import { DomainEvent } from '@app/platform';

export class TraineeEnrolled extends DomainEvent {
  runId: string;
  enrolmentId: string;
  traineeId: string;
}

export class TraineeWithdrew extends DomainEvent {
  runId: string;
  enrolmentId: string;
  traineeId: string;
}
