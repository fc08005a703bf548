import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, ANYONE } from '@app/access';
import { NotFound, projectRoot } from '@app/platform';

/** The built pages. They stand beside the product, not inside it, so an API without them still answers. */
export const webFolder = join(projectRoot, 'dist', 'web');

/** Every address that is not the API's is the web's own: it shows the page or says that there is none. */
@Controller()
export class WebController {
  @Allow(ANYONE)
  @Get('*')
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!request.headers.accept?.includes('text/html') || !existsSync(join(webFolder, 'index.html')))
      throw new NotFound();
    await reply.header('cache-control', 'no-cache').sendFile('index.html');
  }
}
