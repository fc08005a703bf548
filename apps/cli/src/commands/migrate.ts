import { claimInstallation, migrate, openBackend } from '@app/backend';
import { type Command, settingsOf, switches } from '../command.js';

export const migrateCommand: Command = {
  usage: 'migrate',
  fa: 'جدول‌ها را به این نسخه می‌رساند؛ پیش از آن پشتیبان می‌گیرد و اگر نشد به آن بازمی‌گردد',
  en: 'brings the tables up to this version; backs up before, and goes back when it fails',
  async run(call) {
    switches(call.args);
    const backend = await openBackend(settingsOf(call), 'cli');
    try {
      await migrate(backend);
      await claimInstallation(backend);
    } finally {
      await backend.close();
    }
    call.say('جدول‌ها به این نسخه رسیده‌اند.\nThe tables are at this version.');
    return 0;
  },
};
