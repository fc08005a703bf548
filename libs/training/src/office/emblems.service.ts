import { Injectable } from '@nestjs/common';
import { Documents, UnusablePicture } from '@app/documents';
import type { Reads } from '@app/platform';

type InForce = (tx: Reads, provinceCode: string) => Promise<string | null>;

/** The emblems of provinces for their letterheads. Who keeps them says so here: training knows no certificates. */
@Injectable()
export class Emblems {
  private kept: InForce = () => Promise.resolve(null);

  constructor(private readonly documents: Documents) {}

  /** @param inForce gives the hash of the picture that a province has now, or null */
  keptBy(inForce: InForce): void {
    this.kept = inForce;
  }

  /** The hash of the picture that a province has now, or null. */
  inForce(tx: Reads, provinceCode: string): Promise<string | null> {
    return this.kept(tx, provinceCode);
  }

  /** The picture of a hash. @throws UnusablePicture its file is gone */
  async picture(sha256: string | null): Promise<Uint8Array | null> {
    if (sha256 === null) return null;
    const picture = await this.documents.fileOf(sha256);
    if (!picture) throw new UnusablePicture('emblem', 'MISSING');
    return picture;
  }
}
