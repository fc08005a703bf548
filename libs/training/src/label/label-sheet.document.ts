import { fa, inksFor, inRow, line, mm, Paper, type Box, type Inks } from '@app/documents/pure';
import { namesInARow } from '@app/persian';
import { persianCode, type RunPaperModel, type RunPaperPerson } from '../paper/run-form.document.js';

/** A sheet of labels as its maker describes it: millimetres, from the top right corner of an A4 page. */
export interface LabelGrid {
  columns: number;
  rows: number;
  widthMm: number;
  heightMm: number;
  topMm: number;
  rightMm: number;
  columnGapMm: number;
  rowGapMm: number;
}

export interface LabelSheetModel extends RunPaperModel {
  grid: LabelGrid;
  /** The first label of the first sheet that is still there: 1 is the one at the top right, 2 stands left of it. */
  start: number;
  trainees: Pick<RunPaperPerson, 'familyName' | 'givenName' | 'fatherName'>[];
}

/** Labels for the folders of a class, from right to left and from top to bottom. Pure; same model, same bytes. */
export async function drawLabelSheet(model: LabelSheetModel): Promise<Uint8Array> {
  const { grid, start, trainees } = model;
  const paper = new Paper({
    orientation: 'portrait',
    title: `برچسب پرونده، دورهٔ ${model.runNumber}`,
    drawnAt: model.drawnAt,
    watermark: model.watermark,
  });
  const inks = inksFor(model.grey);
  const sheet = grid.columns * grid.rows;
  for (const [at, trainee] of trainees.entries()) {
    const place = (start - 1 + at) % sheet;
    if (at === 0 || place === 0) {
      paper.addPage();
      paper.layWatermark();
    }
    inRow(at + 1, () => drawLabel(paper, inks, model, trainee, placeOf(paper.width, grid, place)));
  }
  return paper.bytes();
}

function placeOf(pageWidth: number, grid: LabelGrid, place: number): Box {
  const column = place % grid.columns;
  const row = Math.floor(place / grid.columns);
  const right = pageWidth - mm(grid.rightMm + column * (grid.widthMm + grid.columnGapMm));
  const y = mm(grid.topMm + row * (grid.heightMm + grid.rowGapMm));
  return { x: right - mm(grid.widthMm), y, width: mm(grid.widthMm), height: mm(grid.heightMm) };
}

/** The name first and largest: a folder is looked for by it. What a low label has no room for is left out. */
function drawLabel(
  paper: Paper,
  inks: Inks,
  model: LabelSheetModel,
  { familyName, givenName, fatherName }: LabelSheetModel['trainees'][number],
  { x, y, width, height }: Box,
): void {
  const padding = mm(2.5);
  const inner = { x: x + padding, width: width - 2 * padding };
  const room = height - 2 * padding;
  const lines = [
    { field: fa(namesInARow([familyName, givenName], '، ')), weight: 1.5, face: 'bold' as const, colour: inks.text },
    { field: fatherName ? line`فرزند ${fa(fatherName)}` : fa(''), weight: 1, colour: inks.quiet },
    { field: fa(model.standardTitle), weight: 1, colour: inks.text },
    { field: line`دورهٔ ${persianCode(model.runNumber)}`, weight: 1, colour: inks.quiet },
    { field: fa(model.instituteName), weight: 1, colour: inks.quiet },
  ].slice(0, Math.max(2, Math.floor(room / 11)));
  const unit = Math.min(20, room / lines.reduce((sum, { weight }) => sum + weight, 0));
  const taken = lines.reduce((sum, { weight }) => sum + weight * unit, 0);
  let top = y + padding + (room - taken) / 2;
  for (const { field, weight, face, colour } of lines) {
    const box = { ...inner, y: top, height: weight * unit };
    const size = Math.min(face ? 12 : 9, (weight * unit) / 1.5);
    paper.text('label', field, box, { face, size, floor: 4.5, lines: 2, leading: 1.2, colour });
    top += weight * unit;
  }
}
