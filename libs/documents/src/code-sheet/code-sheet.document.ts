import { formatJalali } from '@app/persian';
import { code, date, fa, INKS, line, number, pageSize, Paper, type Style } from '../pure.js';

/** All that a sheet of one-time codes says. The name of its owner is not on it: who finds it learns the less. */
export interface CodeSheetModel {
  userName: string;
  /** As they are typed: `7K2M-9QXT`. */
  codes: readonly string[];
  /** `YYYY-MM-DD`, Gregorian. */
  drawnOn: string;
}

const { width } = pageSize('A5', 'portrait');
const MARGIN = 40;
const GAP = 12;
const BOX = { x: MARGIN, width: width - 2 * MARGIN };

/** The sheet as a PDF of one page. Pure: the same model gives the same bytes. */
export function drawCodeSheet({ userName, codes, drawnOn }: CodeSheetModel): Promise<Uint8Array> {
  const paper = new Paper({
    ...{ size: 'A5', orientation: 'portrait', title: 'برگهٔ کدهای یک‌بارمصرف' },
    ...{ drawnAt: new Date(`${drawnOn}T00:00:00Z`), watermark: null },
  });
  paper.addPage();
  const title: Style = { face: 'bold', size: 18, align: 'centre', colour: INKS.indigo };
  paper.text('title', fa('برگهٔ کدهای یک‌بارمصرف'), { ...BOX, y: 40, height: 32 }, title);
  const quiet: Style = { size: 10.5, floor: 7, align: 'centre', colour: INKS.quiet };
  paper.text('user name', line`نام کاربری: ${code(userName)}`, { ...BOX, y: 80, height: 18 }, quiet);
  const day = line`تاریخ: ${date(formatJalali(drawnOn, 'long'))}`;
  paper.text('day', day, { ...BOX, y: 100, height: 18 }, quiet);

  const cell = (BOX.width - GAP) / 2;
  for (const [at, one] of codes.entries()) {
    const x = BOX.x + (at % 2 === 0 ? cell + GAP : 0);
    const y = 140 + Math.floor(at / 2) * 48;
    paper.pdf.rect(x, y, cell, 36).lineWidth(0.6).stroke(INKS.quiet);
    const aside = { x: x + cell - 30, y, width: 24, height: 36 };
    paper.text('number', number(at + 1), aside, { size: 9, colour: INKS.quiet });
    const box = { x: x + 30, y, width: cell - 60, height: 36 };
    paper.text('code', code(one), box, { face: 'bold', size: 15, align: 'centre', colour: INKS.text });
  }
  const advice =
    'هر کد یک بار به کار می‌آید. هنگام ورود، پس از گذرواژه یکی از کدهای به‌کارنرفته را بنویسید و روی آن خط بکشید. برگه را دور از رایانه نگه دارید. با گرفتن برگهٔ تازه، کدهای این برگه از کار می‌افتند.';
  const y = 152 + Math.ceil(codes.length / 2) * 48;
  paper.text('advice', fa(advice), { ...BOX, y, height: 80 }, { ...quiet, align: 'right', lines: 4, leading: 1.6 });
  return paper.bytes();
}
