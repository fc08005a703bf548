import { resolve } from 'node:path';
import { backup, BackupMade, verifyBackup } from '@app/backend';
import { formatNumber } from '@app/persian';
import { SYSTEM } from '@app/platform';
import { type Command, oneFile } from '../command.js';
import { withBackend } from '../with-backend.js';

const LOUD = '!'.repeat(80);

export const backupCommand: Command = {
  usage: 'backup FILE',
  fa: 'از پایگاه داده و پرونده‌ها، در حین کار، پشتیبان می‌گیرد؛ کلیدها فقط با BACKUP_PASSPHRASE',
  en: 'backs up database and files while the product runs; the keys only with BACKUP_PASSPHRASE',
  async run(call) {
    // npm runs us in the project's folder and tells where the person stood.
    const file = resolve(call.env.INIT_CWD ?? '.', oneFile(call));
    const made = await withBackend(call, async (backend) => {
      const { database, clock, settings } = backend;
      const written = await backup(backend, file, { passphrase: settings.BACKUP_PASSPHRASE });
      await verifyBackup(file);
      await verifyBackup(settings.personKeysFile);
      // The doctor counts it as the last good one.
      if (written.missingFiles.length === 0)
        await database.write(SYSTEM, async (tx) => tx.emit(BackupMade, { day: clock.today() }));
      return { ...written, personKeys: settings.personKeysFile };
    });
    const rows = Object.values(made.tables).reduce((sum, table) => sum + table.rows, 0);
    call.say(`پشتیبان ساخته و بازخوانی شد: ${file} (${formatNumber(rows)} ردیف، ${formatNumber(made.files)} پرونده)`);
    call.say(`Backup written and read back: ${file} (${rows} rows, ${made.files} files)`);
    call.say(`بی کلیدهای افراد باز نمی‌شود؛ تازه‌ترین نسخه را کنار آن نگه دارید: ${made.personKeys}`);
    call.say(`It does not open without the keys of persons; keep the newest copy beside it: ${made.personKeys}`);
    if (!made.keys.included)
      call.say(
        [
          LOUD,
          `کلیدها در این پشتیبان نیستند و بی آن‌ها داده‌های شخصی باز نمی‌شوند.`,
          'یا BACKUP_PASSPHRASE بدهید و دوباره پشتیبان بگیرید، یا پروندهٔ کلید را جداگانه در جای امن نگه دارید.',
          'This backup does NOT hold the keys, and without them personal data cannot be opened.',
          'Set BACKUP_PASSPHRASE and back up again, or keep the key file apart in a safe place.',
          LOUD,
        ].join('\n'),
      );
    for (const key of made.missingFiles) call.say(`پرونده نیست: | missing file: ${key}`);
    return made.missingFiles.length > 0 ? 1 : 0;
  },
};
