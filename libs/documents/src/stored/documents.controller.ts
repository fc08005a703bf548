import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentSession, SIGNED_IN, type StandingSession } from '@app/access';
import { Documents } from './documents.js';

/**
 * Hands out files: as an attachment, never sniffed, never kept by a cache. A paper may also be shown inside a page of
 * ours, and in no other.
 */
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
    @Query('shown') shown: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { document, stream, bytes } = await this.documents.download(session, id, String(until), String(signature));
    const inPage = shown !== undefined && document.mimeType === 'application/pdf';
    if (inPage)
      reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'");
    await reply
      .header('content-type', document.mimeType)
      .header('content-length', bytes)
      .header(
        'content-disposition',
        `${inPage ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(document.fileName)}`,
      )
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(stream);
  }
}
