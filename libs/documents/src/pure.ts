/**
 * `@app/documents/pure`: what a `*.document.ts` draws and writes with. It loads no part of the server, because each
 * drawing thread loads it anew: a sixth of the time and a third of the memory that `@app/documents` takes.
 */
export { EmptyPaper, inRow, MissingGlyph, PaperRefused, TextDoesNotFit, TooManyForPaper } from './typeset/errors.js';
/** @public for those who take emblems from issuers */
export { UnusablePicture } from './typeset/errors.js';
export { compileTemplate, type CompiledTemplate } from './template/compile.js';
export type { Item, Template } from './template/template.js';
export { code, date, fa, latin, line, number, type Field } from './typeset/field.js';
export { widthOf, type Box, type Style } from './typeset/fit.js';
export { CERTIFICATE_FIELD, drawKilimFrame, drawStarField, drawStarSeal, INKS } from './typeset/ornaments.js';
export { A4_LANDSCAPE } from './typeset/page-size.js';
export { Paper } from './typeset/paper.js';
/** @public for papers that are not landscape A4 */
export { pageSize } from './typeset/page-size.js';
export { drawTable, type Column, type TableCell, type TableRow } from './typeset/table.js';
export { drawPhotoPlace, Form, type Fact, type FormHead } from './furniture/form.js';
export { inksFor, type Inks } from './furniture/inks.js';
export { cutAndStack, mm, PHOTO } from './furniture/measures.js';
export { collected, inOrder, type Cell, type Sheet } from './spreadsheet/write.js';
export { writeCsv } from './spreadsheet/write-csv.js';
export { writeXlsx } from './spreadsheet/write-xlsx.js';
