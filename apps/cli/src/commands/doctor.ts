import { doctor, doctorReport } from '@app/backend';
import { type Command, switches } from '../command.js';
import { withBackend } from '../with-backend.js';

export const doctorCommand: Command = {
  usage: 'doctor [--fast]',
  fa: 'شمارنده‌ها، پرونده‌ها، شماره‌ها، صف و پشتیبان را می‌سنجد؛ --fast پرونده‌ها را نمی‌خواند',
  en: 'compares counters, files, serials, queue and backup with what they should be; --fast reads no files',
  async run(call) {
    const fast = switches(call.args, ['fast']).has('fast');
    const all = await withBackend(call, (backend) => doctor(backend, { fast }));
    call.say(doctorReport(all));
    return all.some(({ wrong }) => wrong.length > 0) ? 1 : 0;
  },
};
