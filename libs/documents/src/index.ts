export { DocumentsModule } from './documents.module.js';
export { StoredDocumentType } from './stored/documents.graphql.js';
export { Documents, fileKey } from './stored/documents.js';
export { DocumentState, StoredDocument } from './stored/stored-document.entity.js';
export { Upload } from './upload/upload.entity.js';
export { UPLOAD_LIMIT, uploadKey, Uploads } from './upload/uploads.js';
export { readSpreadsheetApart } from './spreadsheet/read-apart.js';
export { UnreadableSpreadsheet } from './spreadsheet/read.js';
export { TextDoesNotFit, MissingGlyph } from './typeset/errors.js';
export { code, date, fa, latin, line, number, type Field } from './typeset/field.js';
export { widthOf, type Box, type Style } from './typeset/fit.js';
export { CERTIFICATE_FIELD, drawKilimFrame, drawStarField, drawStarSeal, INKS } from './typeset/ornaments.js';
export { A4_LANDSCAPE, Paper } from './typeset/paper.js';
/** @public for papers that are not landscape A4 */
export { pageSize } from './typeset/paper.js';
export { drawTable, type Column, type TableCell, type TableRow } from './typeset/table.js';
export { collected, type Cell, type Sheet } from './spreadsheet/write.js';
export { writeCsv } from './spreadsheet/write-csv.js';
export { writeXlsx } from './spreadsheet/write-xlsx.js';
