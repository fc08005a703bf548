import { Injectable } from '@nestjs/common';
import { CodePaper, type CodeSheet } from '@app/access';
import { drawCodeSheet } from '../code-sheet/code-sheet.document.js';
import { Drawing } from '../drawing/drawing.js';

const SHEET = { draw: drawCodeSheet, from: new URL('../code-sheet/code-sheet.document.js', import.meta.url) };

/** Draws the printed codes of the access lib, which lies below and knows no paper. */
@Injectable()
export class PrintedCodes extends CodePaper {
  constructor(private readonly drawing: Drawing) {
    super();
  }

  draw(sheet: CodeSheet): Promise<Uint8Array> {
    return this.drawing.one(SHEET, sheet);
  }
}
