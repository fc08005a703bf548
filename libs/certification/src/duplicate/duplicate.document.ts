import { code, date, fa, Form, INKS, line, number, type Style } from '@app/documents/pure';
import { formatJalali, namesInARow, ordinalInWords } from '@app/persian';

/** All that the cover page of a duplicate says. Days are `YYYY-MM-DD`, Gregorian. */
export interface DuplicateModel {
  serial: string;
  code: string;
  verifyUrl: string;
  certificateIssuedOn: string;
  printNumber: number;
  reason: 'LOST' | 'DAMAGED' | 'STOLEN';
  issuedOn: string;
  holderGivenName: string;
  holderFamilyName: string;
  fatherName: string;
  nationalIdMasked: string;
  standardTitle: string;
  officeName: string;
  provincialOfficeName: string;
  watermark: string | null;
  /** The picture of the province on the letterhead, or null. */
  emblem: Uint8Array | null;
}

const REASONS: Record<DuplicateModel['reason'], string> = {
  LOST: 'گم شدن نسخهٔ پیشین',
  DAMAGED: 'آسیب دیدن نسخهٔ پیشین',
  STOLEN: 'دزدیده شدن نسخهٔ پیشین',
};

/** The page that goes over the second print of a certificate. Pure; same model, same bytes. */
export async function drawDuplicateCover(model: DuplicateModel): Promise<Uint8Array> {
  const holder = fa(namesInARow([model.holderGivenName, model.holderFamilyName]));
  const form = new Form({
    orientation: 'portrait',
    title: `المثنای گواهینامه ${model.serial}`,
    drawnAt: new Date(`${model.issuedOn}T00:00:00Z`),
    watermark: model.watermark,
    grey: false,
    head: {
      issuers: [model.provincialOfficeName, model.officeName],
      title: fa('المثنی'),
      subtitle: fa('گواهینامهٔ مهارت'),
      registry: { number: null, day: model.issuedOn, attachments: 'گواهینامه' },
      emblem: model.emblem,
    },
    facts: [
      [
        { label: 'شمارهٔ گواهینامه', value: code(model.serial), share: 0.5 },
        { label: 'تاریخ صدور', value: date(formatJalali(model.certificateIssuedOn)), share: 0.5 },
      ],
      [
        { label: 'نوبت چاپ', value: number(model.printNumber), share: 0.5 },
        { label: 'تاریخ این چاپ', value: date(formatJalali(model.issuedOn)), share: 0.5 },
      ],
      [
        { label: 'نام', value: holder, share: 0.5 },
        { label: 'نام پدر', value: fa(model.fatherName), share: 0.25 },
        { label: 'کد ملی', value: number(model.nationalIdMasked), share: 0.25 },
      ],
      [
        { label: 'دوره', value: fa(model.standardTitle), share: 0.5 },
        { label: 'دلیل چاپ دوباره', value: fa(REASONS[model.reason]), share: 0.5 },
      ],
    ],
    legend: fa('شمارهٔ سریال و کد راستی‌آزمایی همان است که بود. این برگ بی گواهینامهٔ پیوست ارزشی ندارد.'),
    numbered: false,
  });
  const top = form.nextPage();
  const body: Style = { size: 12.5, floor: 9, lines: 8, leading: 2, wrap: 'early', colour: form.inks.text };
  const large: Style = { face: 'bold', size: 40, align: 'centre', lines: 1, colour: form.inks.accent };
  let y = form.paragraph('duplicate', fa('المثنی'), top + 22, large);
  const sentence = line`گواهینامهٔ مهارت شمارهٔ ${code(model.serial)} که در ${fa(formatJalali(model.certificateIssuedOn, 'long'))} به نام ${holder} صادر شده است، به دلیل ${fa(REASONS[model.reason])} در ${fa(formatJalali(model.issuedOn, 'long'))} برای بار ${fa(ordinalInWords(model.printNumber))} چاپ شد. نسخه‌های پیشین از این پس ارزشی ندارند.`;
  y = form.paragraph('sentence', sentence, y + 12, body);

  const box = { x: form.left + form.width / 2 - 50, y: y + 20, width: 100, height: 100 };
  form.paper.qr(model.verifyUrl, box, INKS.indigo);
  form.paper.pdf.lineWidth(0.75).rect(box.x, box.y, box.width, box.height).stroke(form.inks.line);
  const under: Style = { face: 'bold', size: 10, align: 'centre', colour: form.inks.text };
  y = form.paragraph('code', line`کد راستی‌آزمایی: ${code(model.code)}`, box.y + box.height + 4, under);
  y = form.paragraph('address', code(model.verifyUrl), y, {
    size: 8.5,
    floor: 5,
    align: 'centre',
    colour: form.inks.quiet,
  });
  form.signatures(y + 20, [
    { label: `مهر و امضای رئیس ${model.officeName}`, stamped: true },
    { label: 'گیرنده', lines: ['نام', 'تاریخ و امضا'] },
  ]);
  return form.bytes();
}
