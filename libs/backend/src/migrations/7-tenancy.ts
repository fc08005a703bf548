import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { addColumn, optional, ref, text } from '@app/platform';

/** Each row where it stands in the tree country > province > county > institute, and each grant with all of its place. */
export class Tenancy1764000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const path = text(80);
    await addColumn(
      ...([runner, 'office', 'path', path] as const),
      `CASE kind WHEN 'NATIONAL' THEN '/' WHEN 'PROVINCIAL' THEN CONCAT('/', provinceCode, '/')
       ELSE CONCAT('/', provinceCode, '/', id, '/') END`,
    );
    await addColumn(runner, 'institute', 'path', path, `CONCAT('/', provinceCode, '/', officeId, '/', id, '/')`);
    await addColumn(
      ...([runner, 'course_run', 'path', path] as const),
      `CONCAT('/', provinceCode, '/', officeId, '/', instituteId, '/')`,
    );
    for (const [table, old, name, columnNames] of [
      ['office', 'office_by_province', 'office_by_path', ['path']],
      ['institute', 'institute_by_province', 'institute_by_path', ['path', 'sortKey']],
      ['course_run', 'course_run_by_province', 'course_run_by_path', ['path', 'startsOn', 'id']],
    ] as const) {
      await runner.dropIndex(table, old);
      await runner.createIndex(table, new TableIndex({ name, columnNames: [...columnNames] }));
    }
    await runner.createIndex(
      'course_run',
      new TableIndex({ name: 'course_run_by_start', columnNames: ['startsOn', 'id'] }),
    );

    for (const table of ['role_grant', 'invitation']) {
      await addColumn(runner, table, 'branchId', optional(ref()));
      await addColumn(runner, table, 'traineeId', optional(ref()));
      await runner.query(
        `UPDATE ${table} SET provinceCode = (SELECT i.provinceCode FROM institute i WHERE i.id = ${table}.instituteId),
           officeId = (SELECT i.officeId FROM institute i WHERE i.id = ${table}.instituteId)
         WHERE role = 'INSTITUTE_MANAGER'`,
      );
      await runner.query(
        `UPDATE ${table} SET provinceCode = (SELECT t.provinceCode FROM trainer t WHERE t.id = ${table}.trainerId)
         WHERE role = 'TRAINER'`,
      );
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
