import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { sortPersian } from '@app/persian';
import { Database } from '@app/platform';
import { Office, OfficeKind } from './office.entity.js';
import { officesSeenBy } from './office.policy.js';

const fromTheTop = [OfficeKind.NATIONAL, OfficeKind.PROVINCIAL, OfficeKind.COUNTY];

@Injectable()
export class OfficeService {
  constructor(private readonly db: Database) {}

  /** The offices the actor may see, from the top down, those of one kind in Persian order. */
  async offices(actor: Actor): Promise<Office[]> {
    const offices = await this.db.read((tx) => tx.repo(Office).findBy(officesSeenBy(actor)));
    return fromTheTop.flatMap((kind) =>
      sortPersian(
        offices.filter((office) => office.kind === kind),
        ({ name }) => name,
      ),
    );
  }
}
