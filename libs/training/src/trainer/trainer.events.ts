import { DomainEvent } from '@app/platform';

export class TrainerRegistered extends DomainEvent {
  trainerId: string;
}

export class TrainerAppointed extends DomainEvent {
  appointmentId: string;
  trainerId: string;
  instituteId: string;
  standardId: string;
}
