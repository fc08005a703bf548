import { createFirstAdministratorInvitation, invitationLink } from '@app/access';
import { type Command, switches } from '../command.js';
import { moment } from '../moment.js';
import { withWholeBackend } from '../with-backend.js';

export const createAdmin: Command = {
  usage: 'admin create',
  fa: 'دعوت‌نامهٔ یک‌بارمصرف مدیر سامانه را می‌سازد و پیوند آن را چاپ می‌کند',
  en: 'makes a single-use invitation for an administrator and prints its link',
  async run(call) {
    switches(call.args);
    await withWholeBackend(call, async ({ database, clock, settings }) => {
      const { token, expiresAt } = await createFirstAdministratorInvitation(database, clock);
      call.say(`این پیوند را در مرورگر باز کنید؛ یک بار و تا ${moment(expiresAt, 'fa')} کار می‌کند:`);
      call.say(`Open this link in a browser; it works once, until ${moment(expiresAt, 'en')}:`);
      call.say(invitationLink(settings.publicUrl, token));
    });
    return 0;
  },
};
