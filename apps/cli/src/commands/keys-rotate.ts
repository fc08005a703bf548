import { Agreements } from '@app/access';
import { askKeyRotation } from '@app/backend';
import { type Command, switches } from '../command.js';
import { withWholeBackend } from '../with-backend.js';

export const keysRotate: Command = {
  usage: 'keys rotate',
  fa: 'کلید تازه‌ای برای مهر داده‌ها می‌خواهد؛ با تأیید یک راهبر در «در انتظار تأیید» ساخته می‌شود. پس از آن پروندهٔ کلید را باز پشتیبان بگیرید',
  en: 'asks for a new key that seals data; it is made when an administrator agrees on the page of agreements. Copy the key file again then',
  async run(call) {
    switches(call.args);
    await withWholeBackend(call, ({ keys }, app) => askKeyRotation(app.get(Agreements), keys, 'keys rotate'));
    call.say(
      [
        'خواسته شد. کلید تازه هنگامی ساخته می‌شود که یک راهبر سامانه در «در انتظار تأیید» تأیید کند؛ پیشرفت را doctor می‌گوید.',
        'It is asked for. The new key is made when an administrator agrees on the page of agreements; the doctor tells how far it is.',
      ].join('\n'),
    );
    return 0;
  },
};
