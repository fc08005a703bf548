import { Injectable } from '@nestjs/common';
import { Clock, Keys, newId, type Reads, Settings, type Tx } from '@app/platform';
import { MessageQueued } from './message.events.js';
import { breaksOut, kinds, type MessageKind, type MessageParameters, MessageState } from './message.rules.js';
import { OutgoingMessage } from './outgoing-message.entity.js';

type OnlyTo = (tx: Reads, recipientIndexes: string[]) => Promise<boolean>;

/** The keyed digest that a mobile number `09…` is written with. */
export const mobileIndex = (keys: Keys, mobile: string): string => keys.blindIndex('mobile', mobile);
/** The digests by which it is looked for. */
export const mobileIndexes = (keys: Keys, mobile: string): string[] => keys.blindIndexes('mobile', mobile);

/** Takes messages in the unit of what causes them. */
@Injectable()
export class Messages {
  private readonly addressees = new Map<MessageKind, OnlyTo>();

  constructor(
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly settings: Settings,
  ) {}

  /**
   * Queues a message: one row, one event, one job, whoever the number belongs to.
   *
   * @throws Error a place of the text would be filled with something that breaks out of it
   */
  async queue(
    tx: Tx,
    { kind, to, parameters }: { kind: MessageKind; to: string; parameters: MessageParameters },
  ): Promise<void> {
    if ([to, ...Object.values(parameters)].some(breaksOut)) throw new Error(`A message of kind ${kind} is not plain`);
    const createdAt = this.clock.now();
    const id = newId();
    const { host } = new URL(this.settings.publicUrl);
    await tx.insert(OutgoingMessage, {
      ...{ id, kind, recipient: to, recipientIndex: mobileIndex(this.keys, to), createdAt },
      parameters: JSON.stringify({ host, ...parameters }),
      expiresAt: new Date(createdAt.getTime() + kinds[kind].lastsMinutes * 60_000),
      ...{ state: MessageState.QUEUED, providerId: null, attempts: 0, triedAt: null, sentAt: null, reason: null },
    });
    tx.emit(MessageQueued, { messageId: id });
  }

  /** Says who may have messages of a kind. It is asked when a message is about to go, so that queueing tells nothing. */
  onlyTo(kind: MessageKind, isKnown: OnlyTo): void {
    this.addressees.set(kind, isKnown);
  }

  /** Whether somebody is to have the message. */
  async isWanted(tx: Reads, { kind, recipient }: OutgoingMessage): Promise<boolean> {
    const onlyTo = this.addressees.get(kind);
    return !onlyTo || onlyTo(tx, mobileIndexes(this.keys, recipient));
  }
}
