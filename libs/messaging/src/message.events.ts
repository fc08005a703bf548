import { DomainEvent } from '@app/platform';

/** There is a message to be sent. */
export class MessageQueued extends DomainEvent {
  messageId: string;
}
