import { formatNumber } from '@app/persian';
import { AuditFault, type BadRow, verifyAudit } from '@app/platform';
import { type Command, switches } from '../command.js';
import { withBackend } from '../with-backend.js';

const said: Record<AuditFault, { fa: string; en: string }> = {
  CHANGED: { fa: 'عوض یا جابه‌جا شده است', en: 'was changed or moved' },
  EVENT_MISSING: { fa: 'پاک شده است', en: 'was deleted' },
  LINK_MISSING: { fa: 'با پیوندش پاک شده است', en: 'was deleted with its link' },
  NOT_LINKED: { fa: 'در هیچ زنجیره‌ای نیست: دست دیگری آن را گذاشته است', en: 'is in no chain: another hand put it in' },
  CUT_OFF: { fa: 'و هرچه پس از آن بود بریده شده است', en: 'and all after it was cut off' },
  NOT_AS_SIGNED: {
    fa: 'یا یکی پس از آن عوض شده و زنجیره از نو ساخته شده است',
    en: 'or one after it was changed, and the chain made anew',
  },
  HEAD_FORGED: {
    fa: 'سرِ امضاشده نیست یا امضای ما را ندارد',
    en: 'its signed heads are gone, or the signature is not ours',
  },
};

/** The row and what is wrong with it, Persian over English. */
function lines({ fault, chain, sequence, eventId, day }: BadRow): string[] {
  const row = [chain && `${chain}/${sequence}`, eventId, day].filter(Boolean).join(' ');
  return [`✗ ${row}: ${said[fault].fa}`, `  ${row}: ${said[fault].en}`];
}

export const auditVerify: Command = {
  usage: 'audit verify',
  fa: 'زنجیرهٔ رویدادها را با سرهای امضاشده می‌سنجد و نخستین ردیف نادرست را نام می‌برد',
  en: 'compares the chains of events with their signed heads, and names the first bad row',
  async run(call) {
    switches(call.args);
    const { links, days, bad } = await withBackend(call, async ({ chainer, database, files, keys }) => {
      await chainer.link();
      return verifyAudit(database, files, keys);
    });
    call.say(
      [
        `${formatNumber(links)} رویداد، ${formatNumber(days)} روز امضاشده · ${links} events, ${days} signed days`,
        ...(bad.length > 0 ? bad.flatMap(lines) : ['✓ همه چنان‌اند که نوشته شده‌اند · all are as they were written']),
      ].join('\n'),
    );
    return bad.length > 0 ? 1 : 0;
  },
};
