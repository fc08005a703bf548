import { beforeAll, describe, expect, it } from '@jest/globals';
import { Accounts, RoleGrant, UserAccount } from '@app/access';
import { BranchService } from '@app/referral';
import { TestClock, testDatabase } from '@app/testing';
import {
  Institute,
  InstituteService,
  loadReferenceData,
  Room,
  Trainer,
  TrainerAppointment,
  TrainerService,
} from '@app/training';
import { type DemoAccount, DEMO_PASSWORD, makeDemoProvince } from './demo-province.js';

const clock = new TestClock('2026-11-21');
const db = testDatabase(clock);
/** Counts what it hashes, so that a second start is known to make nothing. */
let hashed: string[];

const make = () => {
  const { database, keys } = db;
  const passwords = {
    hash: async (password: string) => {
      hashed.push(password);
      return 'not a hash';
    },
  };
  return makeDemoProvince({
    ...{ database, keys, clock },
    accounts: new Accounts(database, clock, passwords as never),
    institutes: new InstituteService(database, clock),
    trainers: new TrainerService(database, keys, clock),
    branches: new BranchService(database, clock),
  });
};
const rows = async () => {
  const counts = [];
  for (const entity of [UserAccount, RoleGrant, Institute, Room, Trainer, TrainerAppointment])
    counts.push(await db.count(entity as typeof Room));
  return counts;
};

describe('the demo province', () => {
  let told: DemoAccount[];

  beforeAll(async () => {
    hashed = [];
    await loadReferenceData(db.database);
    told = await make();
  }, 60_000);

  it('has an account for every role, all with the one password', async () => {
    expect(await rows()).toEqual([12, 12, 6, 9, 7, 7]);
    expect(told.map(({ userName }) => userName)).toContain('demo-county');
    expect(hashed).toEqual(Array(12).fill(DEMO_PASSWORD));
    const grants = await db.database.read((tx) => tx.repo(RoleGrant).find());
    expect(new Set(grants.map(({ role }) => role)).size).toBe(9);
  });

  it('has a workshop for thirty weavers and a hall for two hundred', async () => {
    expect(await db.count(Room, { capacity: 30 })).toBe(1);
    expect(await db.count(Room, { capacity: 200 })).toBe(1);
  });

  it('names the officers in the trail of what was made', async () => {
    const [registered] = await db.database.read((tx) =>
      tx.query<{ name: string }>(
        `SELECT u.userName AS name FROM business_event e JOIN user_account u ON u.id = e.by
         WHERE e.name = 'InstituteRegistered' ORDER BY e.id LIMIT 1`,
      ),
    );
    expect(registered?.name).toBe('demo-county');
  });

  it('changes nothing at the second start, and mends what a cut start left out', async () => {
    const before = await rows();
    expect(await make()).toEqual(told);
    expect(await rows()).toEqual(before);

    await db.dataSource.query('DELETE FROM room WHERE capacity = 200');
    await db.dataSource.query('DELETE FROM trainer_appointment');
    await make();
    expect(await rows()).toEqual(before);
    expect(hashed).toHaveLength(12);
  });
});
