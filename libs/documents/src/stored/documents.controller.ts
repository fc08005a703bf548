import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentSession, SIGNED_IN, type StandingSession } from '@app/access';
import { Documents } from './documents.js';

/** Hands out files: as an attachment, never sniffed, never kept by a cache. */
@Controller('documents')
export class DocumentsController {
  constructor(private readonly documents: Documents) {}

  @Allow(SIGNED_IN)
  @Get(':id')
  async download(
    @CurrentSession() session: StandingSession,
    @Param('id') id: string,
    @Query('until') until: string,
    @Query('signature') signature: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { document, stream, bytes } = await this.documents.download(session, id, String(until), String(signature));
    await reply
      .header('content-type', document.mimeType)
      .header('content-length', bytes)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(document.fileName)}`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(stream);
  }
}
