export { DocumentsModule } from './documents.module.js';
export { DocumentOpened } from './stored/documents.events.js';
export { StoredDocumentType } from './stored/documents.graphql.js';
export { Documents, type DownloadLink, fileKey } from './stored/documents.js';
export { DocumentState, StoredDocument } from './stored/stored-document.entity.js';
export { Upload } from './upload/upload.entity.js';
export { UPLOAD_LIMIT, Uploads } from './upload/uploads.js';
export { readSpreadsheetApart } from './spreadsheet/read-apart.js';
export { SpreadsheetFault, UnreadableSpreadsheet } from './spreadsheet/read.js';
