import { Entity, Index } from 'typeorm';
import { BlindIndex, Choice, Count, Id, Instant, Personal, Text } from '@app/platform';
import { MessageKind, MessageState } from './message.rules.js';

/**
 * One message to one person, written with what it is about. Removed 90 days after; what filled its text goes as soon as
 * it is sent.
 */
@Entity('outgoing_message')
@Index('outgoing_message_by_recipient', ['recipientIndex'])
@Index('outgoing_message_by_time', ['createdAt'])
export class OutgoingMessage {
  @Id() id: string;
  @Choice(MessageKind) kind: MessageKind;
  @Personal(254) recipient: string;
  @BlindIndex({ of: 'recipient', kind: 'mobile' }) recipientIndex: string;
  /** As JSON; null when they are needed no more. */
  @Personal(1000, { nullable: true }) parameters: string | null;
  @Choice(MessageState) state: MessageState;
  /** What the provider calls it. */
  @Text(100, { nullable: true }) providerId: string | null;
  @Count() attempts: number;
  @Instant() createdAt: Date;
  /** After that it is of no use. */
  @Instant() expiresAt: Date;
  /** When the last try began: whether it came through is only known once the message is sent. */
  @Instant({ nullable: true }) triedAt: Date | null;
  @Instant({ nullable: true }) sentAt: Date | null;
  /** A code of ours or of the provider, without anything of the message. */
  @Text(100, { nullable: true }) reason: string | null;
}
