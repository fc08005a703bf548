import { createRequire } from 'node:module';
import type * as Nodemailer from 'nodemailer';
import { Messenger, type Outgoing, Undeliverable } from '@app/messaging';

const require = createRequire(import.meta.url);
const TIMEOUT_MS = 10_000;
/** One subject for all, which says nothing. */
const SUBJECT = 'پیام سامانه';
/** From here on a mail server says no for good (RFC 5321); 421 to 450 mean later. */
const FOR_GOOD = 500;

/** Sends e-mail through one server. SMTP cannot tell whether a message came before: its id lets the reader's program see. */
export class SmtpMessenger extends Messenger {
  readonly name = 'smtp';
  private transport: Nodemailer.Transporter | undefined;

  constructor(private readonly options: { url: string; from: string; host: string }) {
    super();
  }

  async send({ id, to, text }: Outgoing): Promise<{ providerId: string }> {
    const messageId = `<${id}@${this.options.host}>`;
    try {
      await this.open().sendMail({
        ...{ from: this.options.from, to: { name: '', address: to }, subject: SUBJECT, text, messageId },
        // No file, address or object of a message is ever fetched.
        ...{ disableFileAccess: true, disableUrlAccess: true },
      });
    } catch (error) {
      const { responseCode = 0 } = error as { responseCode?: number };
      throw responseCode >= FOR_GOOD ? new Undeliverable(`SMTP_${responseCode}`) : error;
    }
    return { providerId: id };
  }

  private open(): Nodemailer.Transporter {
    const { createTransport } = require('nodemailer') as typeof Nodemailer;
    this.transport ??= createTransport({
      url: this.options.url,
      ...{ connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
    });
    return this.transport;
  }
}
