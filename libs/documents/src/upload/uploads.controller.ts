import { Controller, Post, Req } from '@nestjs/common';
import type { MultipartFile } from '@fastify/multipart';
import { type Actor, Allow, CurrentActor, SIGNED_IN } from '@app/access';
import { BadInput } from '@app/platform';
import { Uploads } from './uploads.js';

/** Takes one file as multipart/form-data. */
@Controller('uploads')
export class UploadsController {
  constructor(private readonly uploads: Uploads) {}

  @Allow(SIGNED_IN)
  @Post()
  async upload(
    @CurrentActor() actor: Actor,
    @Req() request: { file(): Promise<MultipartFile | undefined> },
  ): Promise<{ id: string; fileName: string; bytes: number }> {
    const file = await request.file().catch(() => undefined);
    if (!file) throw new BadInput(NO_FILE);
    const bytes = await file.toBuffer().catch(() => undefined);
    // The parser cuts a large file at the limit and may say so only on the stream.
    if (!bytes || file.file.truncated) throw new BadInput(TOO_LARGE);
    // A part may come without a name, whatever the parser's types say.
    const { id, fileName } = await this.uploads.keep(actor, file.filename || 'file', bytes);
    return { id, fileName, bytes: bytes.length };
  }
}

const NO_FILE = {
  field: 'file',
  messageFa: 'یک پرونده را به صورت multipart/form-data بفرستید.',
  messageEn: 'Send one file as multipart/form-data.',
};
const TOO_LARGE = {
  field: 'file',
  messageFa: 'پرونده بزرگ‌تر از ۲۰ مگابایت است؛ آن را به چند فهرست کوچک‌تر تقسیم کنید.',
  messageEn: 'The file is larger than 20 MiB; split it into smaller lists.',
};
