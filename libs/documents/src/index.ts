export * from './pure.js';
export { DocumentsModule } from './documents.module.js';
export { StoredDocumentType } from './stored/documents.graphql.js';
export { Documents, fileKey } from './stored/documents.js';
export { DocumentState, StoredDocument } from './stored/stored-document.entity.js';
export { Upload } from './upload/upload.entity.js';
export { UPLOAD_LIMIT, uploadKey, Uploads } from './upload/uploads.js';
export { readSpreadsheetApart } from './spreadsheet/read-apart.js';
export { UnreadableSpreadsheet } from './spreadsheet/read.js';
