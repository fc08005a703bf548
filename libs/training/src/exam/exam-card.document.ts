import {
  cutAndStack,
  drawPhotoPlace,
  fa,
  inksFor,
  inRow,
  line,
  mm,
  number,
  Paper,
  PHOTO,
  widthOf,
  type Box,
  type Field,
  type Inks,
} from '@app/documents/pure';
import { formatJalali, formatTime } from '@app/persian';
import { persianCode } from '../paper/run-form.document.js';
import type { RunPaperPerson } from '../paper/run-form.document.js';
import { PARTS, type ExamListModel } from './exam-list.document.js';

const COLUMNS = 2;
const ROWS = 3;
const EDGE = mm(7);
const PADDING = mm(4);

/**
 * The exam cards of a class, six on a page. Printed and cut as one pile, the six piles put on one another are in the
 * order of the list. Pure; same model, same bytes.
 */
export async function drawExamCards(model: ExamListModel): Promise<Uint8Array> {
  const paper = new Paper({
    orientation: 'portrait',
    title: `کارت آزمون، دورهٔ ${model.runNumber}`,
    drawnAt: model.drawnAt,
    watermark: model.watermark,
  });
  const inks = inksFor(model.grey);
  const width = (paper.width - 2 * EDGE) / COLUMNS;
  const height = (paper.height - 2 * EDGE) / ROWS;
  for (const sheet of cutAndStack(model.candidates.length, COLUMNS * ROWS)) {
    paper.addPage();
    paper.layWatermark();
    for (const [place, candidate] of sheet.entries()) {
      if (candidate === null) continue;
      const x = paper.width - EDGE - ((place % COLUMNS) + 1) * width;
      const y = EDGE + Math.floor(place / COLUMNS) * height;
      inRow(candidate + 1, () => drawCard(paper, inks, model, candidate, { x, y, width, height }));
    }
    drawCuts(paper, inks, width, height);
  }
  return paper.bytes();
}

/** Dashed lines to cut along, between the cards. */
function drawCuts({ pdf, width: right, height: bottom }: Paper, inks: Inks, width: number, height: number): void {
  pdf.lineWidth(0.4).dash(3, { space: 3 });
  for (let row = 1; row < ROWS; row++)
    pdf
      .moveTo(EDGE, EDGE + row * height)
      .lineTo(right - EDGE, EDGE + row * height)
      .stroke(inks.line);
  for (let column = 1; column < COLUMNS; column++)
    pdf
      .moveTo(EDGE + column * width, EDGE)
      .lineTo(EDGE + column * width, bottom - EDGE)
      .stroke(inks.line);
  pdf.undash();
}

function drawCard(paper: Paper, inks: Inks, model: ExamListModel, at: number, place: Box): void {
  const candidate = model.candidates[at] as RunPaperPerson;
  const { sitting } = model;
  const box = {
    x: place.x + PADDING,
    y: place.y + PADDING,
    width: place.width - 2 * PADDING,
    height: place.height - 2 * PADDING,
  };
  const right = box.x + box.width;
  paper.pdf.lineWidth(0.8).rect(box.x, box.y, box.width, box.height).stroke(inks.accent);
  const issuer = { x: box.x + 6, y: box.y + 3, width: box.width - 12, height: 13 };
  paper.text('office', fa(model.officeName), issuer, { size: 8, floor: 5.5, align: 'centre', colour: inks.quiet });
  const title = line`کارت ورود به جلسهٔ ${fa(PARTS[sitting.part])}`;
  const large = { face: 'bold', size: 11.5, floor: 8, align: 'centre', colour: inks.accent } as const;
  paper.text('title', title, { ...issuer, y: box.y + 16, height: 18 }, large);
  paper.pdf
    .lineWidth(0.6)
    .moveTo(box.x, box.y + 37)
    .lineTo(right, box.y + 37)
    .stroke(inks.line);

  drawPhotoPlace(paper, inks, box.x + 6, box.y + 43);
  const seat = { x: box.x + 6, y: box.y + 43 + PHOTO.height + 3, width: PHOTO.width, height: 15 };
  const bold = { face: 'bold', size: 10, floor: 7, align: 'centre', colour: inks.text } as const;
  paper.text('seat', line`شماره: ${number(at + 1)}`, seat, bold);

  const facts: [label: string, value: Field, rows?: number][] = [
    ['نام', fa(candidate.givenName)],
    ['نام خانوادگی', fa(candidate.familyName)],
    ['نام پدر', fa(candidate.fatherName)],
    ['کد ملی', number(candidate.nationalIdMasked)],
    ['دوره', fa(model.standardTitle), 1.5],
    ['شمارهٔ دوره', persianCode(model.runNumber)],
    ['تاریخ', fa(formatJalali(sitting.day, 'full'))],
    ['ساعت', number(formatTime(sitting.startMinute))],
  ];
  const names = { x: box.x + PHOTO.width + 12, width: box.width - PHOTO.width - 18 };
  let y = box.y + 42;
  for (const [label, value, rows = 1] of facts) {
    drawFact(paper, inks, label, value, { ...names, y, height: rows * 17 });
    y += rows * 17;
  }
  const wide = { x: box.x + 6, width: box.width - 12 };
  drawFact(paper, inks, 'محل', fa(sitting.place), { ...wide, y: box.y + 188, height: 18 });
  const quiet = { size: 7.5, floor: 5.5, colour: inks.quiet };
  const note = fa('نیم ساعت پیش از آغاز، با کارت شناسایی عکس‌دار در محل باشید.');
  paper.text('note', note, { ...wide, y: box.y + 207, height: 12 }, quiet);
  const sign = { x: box.x + 6, y: box.y + 221, width: PHOTO.width, height: 12 };
  paper.text('signature', fa('مهر و امضای واحد سنجش'), sign, { ...quiet, align: 'left' });
}

function drawFact(paper: Paper, inks: Inks, label: string, value: Field, box: Box): void {
  const name = line`${fa(label)}:`;
  const style = { size: 7.75, colour: inks.quiet };
  const taken = widthOf(name, style) + 4;
  paper.text(label, name, { ...box, x: box.x + box.width - taken, width: taken }, style);
  const own = { size: 8.75, floor: 5.5, lines: 2, leading: 1.3, wrap: 'early', colour: inks.text } as const;
  paper.text(label, value, { ...box, width: box.width - taken }, own);
}
