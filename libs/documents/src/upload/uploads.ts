import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { Clock, Database, FileStore, Keys, newId } from '@app/platform';
import { Upload } from './upload.entity.js';

/** The largest file that may be handed in, in bytes. */
export const UPLOAD_LIMIT = 20 * 1024 * 1024;

/** Files that people hand in. */
@Injectable()
export class Uploads {
  constructor(
    private readonly db: Database,
    private readonly files: FileStore,
    private readonly keys: Keys,
    private readonly clock: Clock,
  ) {}

  /** Keeps a file, sealed, under a new id. The file is stored before its row. */
  async keep(actor: Actor, fileName: string, file: Buffer): Promise<Upload> {
    const id = newId();
    await this.files.put(uploadKey(id), Buffer.from(this.keys.seal(file, uploadKey(id))));
    return this.db.write(actor, (tx) =>
      tx.insert(Upload, {
        id,
        ownerId: actor.userId,
        fileName: fileName.slice(-200),
        bytes: file.length,
        uploadedAt: this.clock.now(),
      }),
    );
  }

  /** @throws NotFound no such upload, or another's */
  get(actor: { userId: string }, uploadId: string): Promise<Upload> {
    return this.db.read((tx) => tx.get(Upload, { id: uploadId, ownerId: actor.userId }));
  }

  /** The file as it was handed in. For jobs, which have been told the id by its owner. */
  async read(uploadId: string): Promise<Buffer> {
    return this.keys.open((await this.files.get(uploadKey(uploadId))).toString(), uploadKey(uploadId));
  }
}

const uploadKey = (uploadId: string): string => `uploads/${uploadId}`;
