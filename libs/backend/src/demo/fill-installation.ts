import type { INestApplicationContext } from '@nestjs/common';
import { Accounts } from '@app/access';
import type { Installation } from '@app/platform';
import { BranchService } from '@app/referral';
import { indexMobiles, InstituteService, loadReferenceData, TrainerService } from '@app/training';
import type { Backend } from '../backend.js';
import { alone } from '../prepare.js';
import { type DemoAccount, makeDemoProvince } from './demo-province.js';

/**
 * Brings in what comes with the product, and in a demo installation its province. One process at a time, before the
 * first request is answered.
 *
 * @returns the demo accounts; none outside a demo
 */
export async function fillInstallation(
  { demo }: Pick<Installation, 'demo'>,
  { dataSource, database, keys, clock, log }: Backend,
  app: INestApplicationContext,
): Promise<DemoAccount[]> {
  let accounts: DemoAccount[] = [];
  await alone(dataSource, async () => {
    const loaded = await loadReferenceData(database);
    if (loaded.added + loaded.changed > 0) log.info(loaded, 'reference data loaded');
    const indexed = await indexMobiles(database, keys);
    if (indexed > 0) log.info({ indexed }, 'mobile numbers can be found');
    if (!demo) return;
    accounts = await makeDemoProvince({
      ...{ database, keys, clock },
      accounts: app.get(Accounts, { strict: false }),
      institutes: app.get(InstituteService, { strict: false }),
      trainers: app.get(TrainerService, { strict: false }),
      branches: app.get(BranchService, { strict: false }),
    });
  });
  return accounts;
}
