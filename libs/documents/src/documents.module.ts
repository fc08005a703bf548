import { Module } from '@nestjs/common';
import { Settings } from '@app/platform';
import { Drawing } from './drawing/drawing.js';
import { DocumentsController } from './stored/documents.controller.js';
import { Documents } from './stored/documents.js';
import { DocumentsResolver } from './stored/documents.resolver.js';
import { UploadsController } from './upload/uploads.controller.js';
import { Uploads } from './upload/uploads.js';

const drawing = {
  provide: Drawing,
  useFactory: ({ DRAWING_THREADS }: Settings) => new Drawing(DRAWING_THREADS),
  inject: [Settings],
};

@Module({
  controllers: [DocumentsController, UploadsController],
  providers: [Documents, DocumentsResolver, Uploads, drawing],
  exports: [Documents, Drawing, Uploads],
})
export class DocumentsModule {}
