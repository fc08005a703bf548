import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { Clock, Database, FileStore, idTime, Keys, newId, SYSTEM } from '@app/platform';
import { Upload } from './upload.entity.js';

/** The largest file that may be handed in, in bytes. */
export const UPLOAD_LIMIT = 20 * 1024 * 1024;

const FORGOTTEN_AT_ONCE = 100;

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

  /** Removes what was handed in before the instant: the file before its row, so that a crash leaves nothing unnamed. */
  async forget(before: Date): Promise<number> {
    for (let forgotten = 0; ; forgotten += FORGOTTEN_AT_ONCE) {
      const old = await this.db.read((tx) =>
        tx.query<{ id: string }>('SELECT id FROM upload WHERE uploadedAt < ? LIMIT ?', [before, FORGOTTEN_AT_ONCE]),
      );
      for (const { id } of old) await this.files.remove(uploadKey(id));
      await this.db.write(SYSTEM, async (tx) => {
        for (const { id } of old) await tx.remove(Upload, { id });
      });
      if (old.length < FORGOTTEN_AT_ONCE) return forgotten + old.length;
    }
  }

  /**
   * Removes the files that a kill between file and row has left without a row. Their ids tell when they were made:
   * what is younger than the instant may still get its row.
   */
  async forgetUnnamed(before: Date): Promise<number> {
    let forgotten = 0;
    for await (const key of this.files.keys(uploadKey(''))) {
      const id = key.slice(uploadKey('').length);
      if (idTime(id) >= before.getTime()) continue;
      if (await this.db.read((tx) => tx.repo(Upload).existsBy({ id }))) continue;
      await this.files.remove(key);
      forgotten++;
    }
    return forgotten;
  }

  /** The file as it was handed in. For jobs, which have been told the id by its owner. */
  async read(uploadId: string): Promise<Buffer> {
    return this.keys.open((await this.files.get(uploadKey(uploadId))).toString(), uploadKey(uploadId));
  }
}

/** Where the file of an upload is kept. */
export const uploadKey = (uploadId: string): string => `uploads/${uploadId}`;
