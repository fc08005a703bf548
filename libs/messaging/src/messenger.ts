import type { MessageChannel, MessageKind, MessageParameters } from './message.rules.js';

/** A message as it goes out. */
export interface Outgoing {
  /** Our row's id: the provider's key against doubles, where it takes one. */
  id: string;
  kind: MessageKind;
  /** A mobile number `09…`, or an e-mail address. */
  to: string;
  text: string;
  /** For a provider that has the texts itself, as templates. */
  parameters: MessageParameters;
}

/** What became of a message that the provider has taken. */
export type Delivery = 'PENDING' | 'DELIVERED' | 'FAILED';

/** The provider has said no, and would say so again. The reason is a code, never a text: it might quote the number. */
export class Undeliverable extends Error {}

/**
 * Brings messages out of the house.
 *
 * The contract, kept by every adapter: `send` ends within fifteen seconds; it gives the provider's own id, or null where
 * there is none; any error but `Undeliverable` means that it is not known whether the message went.
 */
export abstract class Messenger {
  /** What this adapter is, for the first log line: `console`, `gateway`, `smtp`. */
  abstract readonly name: string;
  abstract send(message: Outgoing): Promise<{ providerId: string | null }>;
  /** Whether the provider has the message with our id already; undefined: this provider cannot tell. */
  find?(id: string): Promise<{ providerId: string | null } | null>;
  /** What became of a message; left out by a provider that does not say. */
  stateOf?(providerId: string): Promise<Delivery>;
}

/** The messenger of each channel. */
export abstract class Messengers {
  abstract of(channel: MessageChannel): Messenger;
}
