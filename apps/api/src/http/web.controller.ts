import { existsSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, ANYONE } from '@app/access';
import { NotFound, projectRoot } from '@app/platform';

/** The built pages. They stand beside the product, not inside it, so an API without them still answers. */
export const webFolder = join(projectRoot, 'dist', 'web');

/** Every address that is not the API's is the web's own: a file of it, or the page, which says when there is none. */
@Controller()
export class WebController {
  @Allow(ANYONE)
  @Get('*')
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const path = fileOf(request.url);
    if (path) {
      // The builder names these by their content; the others must be asked for anew.
      const lasting = path.startsWith('assets/');
      await reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache').sendFile(path);
      return;
    }
    if (!request.headers.accept?.includes('text/html') || !existsSync(join(webFolder, 'index.html')))
      throw new NotFound();
    await reply.header('cache-control', 'no-cache').sendFile('index.html');
  }
}

/** The file that an address names, if it is one of the built web's; looked up anew, so that a rebuilt web is served. */
function fileOf(url: string): string | null {
  const path = new URL(url, 'http://web').pathname.slice(1);
  const file = join(webFolder, path);
  return path !== '' && file.startsWith(webFolder + sep) && statSync(file, { throwIfNoEntry: false })?.isFile()
    ? path
    : null;
}
