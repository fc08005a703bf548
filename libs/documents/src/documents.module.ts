import { Module } from '@nestjs/common';
import { DocumentsController } from './stored/documents.controller.js';
import { Documents } from './stored/documents.js';
import { DocumentsResolver } from './stored/documents.resolver.js';
import { UploadsController } from './upload/uploads.controller.js';
import { Uploads } from './upload/uploads.js';

@Module({
  controllers: [DocumentsController, UploadsController],
  providers: [Documents, DocumentsResolver, Uploads],
  exports: [Documents, Uploads],
})
export class DocumentsModule {}
