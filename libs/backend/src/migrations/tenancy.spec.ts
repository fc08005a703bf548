import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { emptyDatabase } from '@app/testing';
import { migrations } from './index.js';
import { Tenancy1764000000007 } from './7-tenancy.js';

describe('tables of the version before tenancy was a path', () => {
  let dataSource: DataSource;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await emptyDatabase();
    ({ drop } = database);
    dataSource = await new DataSource({
      ...database.options,
      migrations: migrations.slice(0, migrations.indexOf(Tenancy1764000000007) + 1),
      migrationsTransactionMode: 'each',
    }).initialize();
    const [last] = dataSource.migrations.splice(-1);
    await dataSource.runMigrations();
    dataSource.migrations.push(last as never);
  }, 60_000);
  afterAll(async () => {
    await dataSource.destroy();
    await drop();
  });

  const insert = (table: string, row: Record<string, unknown>) =>
    dataSource.query(
      `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
        .map(() => '?')
        .join(', ')})`,
      Object.values(row),
    );

  it('keep their rows, each in its place, and grants name all of theirs', async () => {
    const office = { name: 'اداره', nameEn: 'Office' };
    await insert('office', { ...office, id: 'n', kind: 'NATIONAL' });
    await insert('office', { ...office, id: 'p', kind: 'PROVINCIAL', parentId: 'n', provinceCode: '26' });
    await insert('office', {
      ...office,
      id: 'c',
      kind: 'COUNTY',
      parentId: 'p',
      provinceCode: '26',
      countyCode: '2603',
    });
    await insert('institute', {
      ...{ id: 'i', officeId: 'c', provinceCode: '26', name: 'یاس', searchName: 'یاس', sortKey: 'x' },
      ...{ licenceNumber: '1', licenceType: 'ALEF', licensedFields: '[]' },
      ...{ licenceIssuedOn: '2025-01-01', licenceExpiresOn: '2027-01-01' },
    });
    const name = { givenName: 'مریم', familyName: 'رضایی', searchName: 'x', sortKey: 'x' };
    const card = { nationalId: 'x', nationalIdIndex: 'x', cardExpiresOn: '2027-01-01' };
    await insert('trainer', { id: 't', provinceCode: '26', ...name, ...card });
    const createdAt = '2026-11-21 00:00:00.000';
    await insert('user_account', {
      ...{ id: 'u', userName: 'u', displayName: 'u', passwordHash: 'x', disabled: 0, createdAt },
    });
    await insert('role_grant', { id: 'g1', userId: 'u', role: 'INSTITUTE_MANAGER', instituteId: 'i' });
    await insert('role_grant', { id: 'g2', userId: 'u', role: 'TRAINER', trainerId: 't' });

    await dataSource.runMigrations();

    const rows = async (text: string) => (await dataSource.query<object[]>(text)).map((row) => Object.values(row));
    expect(await rows('SELECT id, path FROM office ORDER BY path')).toEqual([
      ['n', '/'],
      ['p', '/26/'],
      ['c', '/26/c/'],
    ]);
    expect(await rows('SELECT path FROM institute')).toEqual([['/26/c/i/']]);
    expect(await rows('SELECT id, provinceCode, officeId, branchId FROM role_grant ORDER BY id')).toEqual([
      ['g1', '26', 'c', null],
      ['g2', '26', null, null],
    ]);
  });
});
