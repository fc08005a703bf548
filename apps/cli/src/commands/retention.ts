import { eraseByRule, forgetShredded, retentionDue } from '@app/backend';
import { formatJalali, formatNumber } from '@app/persian';
import { type Command, switches } from '../command.js';
import { withWholeBackend } from '../with-backend.js';

const named = {
  REFERRAL: { fa: 'آنچه انجمن‌های حمایت می‌دانند', en: 'what support associations know' },
  CONTACT: { fa: 'شمارهٔ همراه فراگیران', en: 'mobile numbers of trainees' },
  PAPER: { fa: 'برگه‌های دوره‌ها', en: 'papers about course runs' },
  CERTIFICATE_NAME: { fa: 'نام روی گواهینامه‌ها', en: 'names on certificates' },
};

export const retentionCommand: Command = {
  usage: 'retention [--dry-run]',
  fa: 'آنچه مهلت نگهداری‌اش گذشته پاک می‌کند؛ هر شب خودبه‌خود انجام می‌شود؛ --dry-run فقط می‌شمارد',
  en: 'erases what has been kept long enough, as is done every night; --dry-run only counts',
  async run(call) {
    const dry = switches(call.args, ['dry-run']).has('dry-run');
    const lines = await withWholeBackend(call, async (backend) => {
      const { database, files, clock } = backend;
      if (dry) return retentionDue(database, clock.today());
      const erased = await eraseByRule(database, files, clock.today());
      await forgetShredded(backend);
      return erased;
    });
    for (const { subject, keptFrom, rows } of lines) {
      const { fa, en } = named[subject];
      const due = dry ? 'باید پاک شود' : 'پاک شد';
      call.say(
        keptFrom
          ? `${fa} پیش از ${formatJalali(keptFrom)}: ${formatNumber(rows)} ${due}\n${en} before ${keptFrom}: ${rows} ${dry ? 'are due' : 'erased'}`
          : `${fa}: قاعده‌ای ندارد\n${en}: no rule`,
      );
    }
    return 0;
  },
};
