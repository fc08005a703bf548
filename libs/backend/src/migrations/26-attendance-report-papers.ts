import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The attendance report is a paper of a month or of the whole course: it has one name. */
export class AttendanceReportPapers1764000000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE paper_order SET kind = 'ATTENDANCE_REPORT' WHERE kind = 'ATTENDANCE_MONTH'");
    await runner.query(
      "UPDATE stored_document SET kind = 'PAPER_ATTENDANCE_REPORT' WHERE kind = 'PAPER_ATTENDANCE_MONTH'",
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
