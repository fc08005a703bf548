import { Module } from '@nestjs/common';
import { DocumentsModule } from '@app/documents';

@Module({
  imports: [DocumentsModule],
  providers: [],
})
export class TrainingModule {}
