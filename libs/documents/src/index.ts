export { TextDoesNotFit, MissingGlyph } from './typeset/errors.js';
export { code, date, fa, latin, line, number, type Field } from './typeset/field.js';
export { fit, widthOf, type Box, type Fitted, type Style } from './typeset/fit.js';
export { A4_LANDSCAPE, Paper, type PaperOptions } from './typeset/paper.js';
export { drawTable, type Column, type Table, type TableCell, type TablePlace, type TableRow } from './typeset/table.js';
export { collected, type Cell, type CellKind, type Sheet, type SheetColumn } from './spreadsheet/write.js';
export { writeCsv } from './spreadsheet/write-csv.js';
export { writeXlsx } from './spreadsheet/write-xlsx.js';
