import { maskMobile } from '@app/persian';
import { Messenger, type Outgoing } from '@app/messaging';
import type { Log } from '@app/platform';

/** Shows messages in the log, for development and the demo. Nothing leaves the machine. */
export class ConsoleMessenger extends Messenger {
  readonly name = 'console';

  constructor(private readonly log: Log) {
    super();
  }

  async send({ to, text, kind }: Outgoing): Promise<{ providerId: null }> {
    const masked = to.includes('@') ? to.replace(/^(.).*@/, '$1•••@') : maskMobile(to, 'en');
    this.log.info({ kind }, `پیام به · message to ${masked}\n${text}`);
    return { providerId: null };
  }
}

/** Where no provider is set in production: nothing is sent, and no text is shown to whoever reads the log. */
export class NoMessenger extends Messenger {
  readonly name = 'none';

  async send(): Promise<never> {
    throw Object.assign(new Error('No messenger is set'), { code: 'NO_MESSENGER' });
  }
}
