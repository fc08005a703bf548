import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import {
  Clock,
  type Columns,
  Database,
  failpoint,
  Later,
  Log,
  NightCame,
  OnEvent,
  Settings,
  SYSTEM,
} from '@app/platform';
import { MessageQueued } from './message.events.js';
import {
  askAgainAfter,
  kinds,
  type MessageParameters,
  MessageState,
  pauseAfter,
  quietFor,
  readQuietHours,
  UNDER_WAY,
} from './message.rules.js';
import { Messages } from './messages.service.js';
import { type Messenger, Messengers, Undeliverable } from './messenger.js';
import { OutgoingMessage } from './outgoing-message.entity.js';

const KEPT_DAYS = 90;

@Injectable()
export class MessageJobs {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly messages: Messages,
    private readonly messengers: Messengers,
  ) {}

  /**
   * Sends a message, and then asks what became of it. Run again after a kill between the sending and its mark, it asks
   * the provider for our id first, where the provider can tell; late, it sends nothing whose time is over.
   */
  @OnEvent(MessageQueued, { about: ({ messageId }) => messageId })
  async send({ messageId }: MessageQueued): Promise<void> {
    const found = await this.db.read(async (tx) => {
      const message = await tx.repo(OutgoingMessage).findOneBy({ id: messageId });
      return message && { message, wanted: await this.messages.isWanted(tx, message) };
    });
    if (!found || !UNDER_WAY.includes(found.message.state)) return;
    const { message, wanted } = found;
    const { channel, atNight } = kinds[message.kind];
    const messenger = this.messengers.of(channel);
    if (message.state === MessageState.SENT) return this.follow(message, messenger);

    const now = this.clock.now();
    if (now >= message.expiresAt || !wanted) return this.end(message, MessageState.EXPIRED);
    const quiet = atNight ? 0 : quietFor(readQuietHours(this.settings.QUIET_HOURS), now);
    if (quiet > 0) throw new Later(quiet);
    const providerId = await this.handOver(message, messenger);
    if (providerId === undefined) return;
    failpoint('messages.sent');
    await this.change(message, { state: MessageState.SENT, providerId, sentAt: now, reason: null, parameters: null });
    // Whether it arrived is asked in this same job, later.
    if (providerId !== null && messenger.stateOf) throw new Later(askAgainAfter(now, now) ?? 0);
  }

  /** Removes messages that nobody asks about any more. Twice removes nothing more. */
  @OnEvent(NightCame, { about: () => 'messages' })
  async forget(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_DAYS * 24 * 3_600_000);
    await this.db.write(SYSTEM, (tx) => tx.remove(OutgoingMessage, { createdAt: LessThan(before) }));
  }

  /** The provider's id of the message once it has it; undefined when it never will. @throws Later it is not known yet */
  private async handOver(message: OutgoingMessage, messenger: Messenger): Promise<string | null | undefined> {
    const { id, kind, recipient: to, attempts, triedAt } = message;
    try {
      const known = triedAt ? await messenger.find?.(id) : null;
      if (known) return known.providerId;
      // Noted before: whoever comes after a kill must know that a try had begun.
      await this.change(message, { attempts: attempts + 1, triedAt: this.clock.now() });
      const parameters = JSON.parse(message.parameters ?? '{}') as MessageParameters;
      return (await messenger.send({ id, kind, to, text: kinds[kind].text(parameters), parameters })).providerId;
    } catch (error) {
      const reason = reasonOf(error);
      this.log.warn({ messageId: id, kind, attempts, reason }, 'message not sent');
      if (error instanceof Undeliverable) {
        await this.end(message, MessageState.FAILED, reason);
        return undefined;
      }
      await this.change(message, { reason });
      throw new Later(pauseAfter(attempts + 1));
    }
  }

  private async follow(message: OutgoingMessage, messenger: Messenger): Promise<void> {
    const { providerId, sentAt } = message;
    const again = askAgainAfter(sentAt ?? message.createdAt, this.clock.now());
    if (providerId === null || !messenger.stateOf || again === null) return;
    const state = await messenger.stateOf(providerId).catch((error: unknown) => {
      this.log.warn({ messageId: message.id, reason: reasonOf(error) }, 'delivery not told');
      return 'PENDING';
    });
    if (state === 'PENDING') throw new Later(again);
    await this.end(message, state === 'DELIVERED' ? MessageState.DELIVERED : MessageState.FAILED);
  }

  private async end(message: OutgoingMessage, state: MessageState, reason: string | null = null): Promise<void> {
    await this.change(message, { state, reason, parameters: null });
  }

  private async change({ id }: OutgoingMessage, columns: Partial<Columns<OutgoingMessage>>): Promise<void> {
    await this.db.write(SYSTEM, (tx) => tx.update(OutgoingMessage, { id }, columns));
  }
}

/** What is kept of an error: its code or its name. A provider's text may quote the number. */
function reasonOf(error: unknown): string {
  const { code, name, message, cause } = error as Error & { code?: string; cause?: { code?: string } };
  const said = error instanceof Undeliverable ? message : (code ?? cause?.code ?? name);
  return said.slice(0, 100);
}
