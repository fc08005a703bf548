import { formatNumber } from '@app/persian';
import { loadReferenceData } from '@app/training';
import { type Command, switches } from '../command.js';
import { withWholeBackend } from '../with-backend.js';

export const seedCommand: Command = {
  usage: 'seed',
  fa: 'استان‌ها، شهرستان‌ها، استانداردها، تعطیلات و قواعدی را که با برنامه می‌آیند وارد می‌کند؛ تکرار آن چیزی را عوض نمی‌کند',
  en: 'brings in the offices, standards, holidays and rules that come with the product; again, it changes nothing',
  async run(call) {
    switches(call.args);
    const { added, changed } = await withWholeBackend(call, ({ database }) => loadReferenceData(database));
    call.say(`${formatNumber(added)} ردیف افزوده و ${formatNumber(changed)} ردیف عوض شد.`);
    call.say(`${added} rows added, ${changed} changed.`);
    return 0;
  },
};
