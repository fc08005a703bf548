import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { searchForm } from '@app/persian';
import { Clock, Database, type Page, pageOf } from '@app/platform';
import { matching, orderOf, pageInOrder } from '../listing.js';
import { TrainingStandard, TrainingStandardVersion } from './standard.entity.js';
import type { StandardsArgs } from './standard.graphql.js';
import { versionInForce } from './standard.rules.js';

type StandardInForce = TrainingStandard & { version: TrainingStandardVersion | null };

@Injectable()
export class StandardService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Standards in Persian order, each with the version in force today. They are public: every role sees all. */
  standards({ search, field, ...page }: StandardsArgs): Promise<Page<StandardInForce>> {
    const typed = searchForm(search ?? '');
    return this.db.read(async (tx) => {
      const query = tx
        .repo(TrainingStandard)
        .createQueryBuilder('standard')
        .where(field ? { field } : {});
      if (/^\d+$/.test(typed)) query.andWhere('standard.code LIKE :code', { code: `${typed}%` });
      else matching(query, 'standard.searchTitle', typed);
      const { items, nextCursor } = pageOf(await pageInOrder(query, page).getMany(), page.first, orderOf);

      const versions = await tx.repo(TrainingStandardVersion).findBy({ standardId: In(items.map(({ id }) => id)) });
      const today = this.clock.today();
      return {
        items: items.map((standard) => ({
          ...standard,
          version: versionInForce(
            versions.filter(({ standardId }) => standardId === standard.id),
            today,
          ),
        })),
        nextCursor,
      };
    });
  }
}
