import { beginRotation, Keys } from '@app/platform';
import { type Command, switches } from '../command.js';
import { withWholeBackend } from '../with-backend.js';

export const keysRotate: Command = {
  usage: 'keys rotate',
  fa: 'کلید تازه‌ای می‌سازد که از این پس مهر می‌کند؛ آنچه هست، هنگام کار سامانه، دوباره مهر می‌شود. پروندهٔ کلید را باز پشتیبان بگیرید',
  en: 'makes a new key that seals from now on; what stands is sealed anew while the product runs. Copy the key file again',
  async run(call) {
    switches(call.args);
    const keyId = await withWholeBackend(call, async ({ settings, database, clock }) => {
      const made = Keys.rotate(settings.keyFile);
      await beginRotation(database, made, clock.now());
      return made;
    });
    call.say(
      `کلید ${keyId} از این پس مهر می‌کند؛ پیشرفت را doctor می‌گوید.\nThe key ${keyId} seals from now on; the doctor tells how far it is.`,
    );
    return 0;
  },
};
