import { resolve } from 'node:path';
import { restore } from '@app/backend';
import { formatNumber } from '@app/persian';
import { type Command, oneFile, settingsOf } from '../command.js';
import { moment } from '../moment.js';

export const restoreCommand: Command = {
  usage: 'restore FILE',
  fa: 'پشتیبان را در پوشه و پایگاه دادهٔ خالی بازمی‌گرداند و درستی آن را می‌سنجد',
  en: 'restores a backup into an empty folder and database, and checks it',
  async run(call) {
    const file = resolve(call.env.INIT_CWD ?? '.', oneFile(call));
    const settings = settingsOf(call);
    const { tables, files, madeAt, missingFiles } = await restore(settings, file, settings.BACKUP_PASSPHRASE);
    const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
    call.say(
      `پشتیبان ${moment(new Date(madeAt), 'fa')} بازگردانده و سنجیده شد: ${formatNumber(rows)} ردیف، ${formatNumber(files)} پرونده`,
    );
    call.say(`Backup of ${moment(new Date(madeAt), 'en')} restored and checked: ${rows} rows, ${files} files`);
    for (const key of missingFiles) call.say(`در پشتیبان هم نبود: | was missing in the backup too: ${key}`);
    return 0;
  },
};
