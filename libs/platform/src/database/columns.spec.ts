import { describe, expect, it } from '@jest/globals';
import { count, createTable, id } from '@app/platform';
import { testDatabase } from '@app/testing';

describe('a table with a condition', () => {
  const db = testDatabase();

  it('takes no row that breaks it, on either engine', async () => {
    const runner = db.dataSource.createQueryRunner();
    await createTable(runner, 'bus', {
      columns: { id: id(), seats: count(), taken: count() },
      check: { bus_never_overfull: 'taken <= seats' },
    });
    await runner.query("INSERT INTO bus (id, seats, taken) VALUES ('1', 20, 20)");
    await expect(runner.query("UPDATE bus SET taken = 21 WHERE id = '1'")).rejects.toThrow(/bus_never_overfull/);
    await runner.release();
  });
});
