import { KeyRotationByTwo } from '@app/backend';
import { type Command, switches, WrongUse } from '../command.js';
import { withWholeBackend } from '../with-backend.js';

export const keysRotate: Command = {
  usage: 'keys rotate [--index | --referral]',
  fa: 'کلید تازه‌ای برای مهر داده‌ها (یا با --index برای نمایهٔ کور، با --referral برای گاوصندوق انجمن) می‌خواهد؛ با تأیید یک راهبر در «در انتظار تأیید» ساخته می‌شود. پس از آن پروندهٔ کلید را باز پشتیبان بگیرید',
  en: 'asks for a new key that seals data (--index: of blind indexes, --referral: of the association); it is made when an administrator agrees on the page of agreements. Copy the key file again then',
  async run(call) {
    const [turning = 'data', ...more] = switches(call.args, ['index', 'referral']);
    if (more.length > 0) throw new WrongUse();
    await withWholeBackend(call, (_, app) => app.get(KeyRotationByTwo, { strict: false }).ask(turning, 'keys rotate'));
    call.say(
      [
        'خواسته شد. کلید تازه هنگامی ساخته می‌شود که یک راهبر سامانه در «در انتظار تأیید» تأیید کند؛ پیشرفت را doctor می‌گوید.',
        'It is asked for. The new key is made when an administrator agrees on the page of agreements; the doctor tells how far it is.',
      ].join('\n'),
    );
    return 0;
  },
};
