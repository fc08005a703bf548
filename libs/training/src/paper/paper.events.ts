import { DomainEvent } from '@app/platform';

/** Someone wants a paper about a course run. */
export class PaperOrdered extends DomainEvent {
  orderId: string;
  runId: string;
}
