import { resolve } from 'node:path';
import { turnMasterKey } from '@app/backend';
import { type Command, oneFile, settingsOf } from '../command.js';

export const keysMaster: Command = {
  usage: 'keys master FILE',
  fa: 'کلیدها را با کلید اصلی تازه‌ای که در FILE است (یا آنجا ساخته می‌شود) می‌پوشاند؛ داده‌ها دست نمی‌خورند',
  en: 'wraps the keys by the master key in FILE, which is made when it is missing; no data are touched',
  async run(call) {
    const file = resolve(call.env.INIT_CWD ?? '.', oneFile(call));
    turnMasterKey(settingsOf(call), file);
    call.say(
      [
        `کلیدها با کلید اصلی «${file}» پوشانده شدند. MASTER_KEY_FILE را به آن بدهید (یا متنش را به MASTER_KEY) و همهٔ فرایندها را دوباره روشن کنید. کلید پیشین را تا وقتی نسخه‌ای از پروندهٔ کلید پیشین دارید نگه دارید.`,
        `The keys are wrapped by the master key ${file}. Set MASTER_KEY_FILE to it (or MASTER_KEY to its text) and start every process again. Keep the key before it as long as you keep copies of the key files before.`,
      ].join('\n'),
    );
    return 0;
  },
};
