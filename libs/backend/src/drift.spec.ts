import { describe, expect, it } from '@jest/globals';
import { testDatabase } from '@app/testing';

describe('migrations and entities', () => {
  const db = testDatabase();

  it('say the same: nothing is left to change after all migrations', async () => {
    const { upQueries } = await db.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('know every table that stands', async () => {
    const tables = await db.dataSource.query<{ name: string }[]>(
      db.database.engine === 'sqlite'
        ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    );
    const known = db.dataSource.entityMetadatas.map(({ tableName }) => tableName);
    expect(tables.map(({ name }) => name).sort()).toEqual([...known, 'migrations'].sort());
  });
});
