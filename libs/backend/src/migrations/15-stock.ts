import type { MigrationInterface, QueryRunner } from 'typeorm';
import { choice, count, createTable, day, flag, id, instant, optional, ref, text } from '@app/platform';

/** Duplicates of certificates, and the numbered forms on which certificates are printed. */
export class Stock1764000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'certificate_duplicate', {
      columns: {
        id: id(),
        certificateId: ref('certificate'),
        printNumber: count(),
        reason: choice(),
        issuedOn: day(),
        issuedBy: ref(),
        issuedAt: instant(),
      },
      unique: { duplicate_once_per_print: ['certificateId', 'printNumber'] },
    });
    await createTable(runner, 'stock_form', {
      columns: {
        id: id(),
        officeId: ref('office'),
        series: text(10),
        number: count(),
        state: choice(),
        certificateId: optional(ref()),
        printId: optional(ref()),
        reason: optional(text(300)),
        changedBy: ref(),
        changedAt: instant(),
      },
      unique: { stock_form_once: ['series', 'number'] },
      index: {
        stock_form_by_office: ['officeId', 'series', 'number'],
        stock_form_by_print: ['printId'],
        stock_form_by_certificate: ['certificateId'],
      },
    });
    await createTable(runner, 'stock_printer', {
      columns: { id: id(), officeId: ref('office'), name: text(60), rightTenths: count(), downTenths: count() },
      unique: { stock_printer_once: ['officeId', 'name'] },
    });
    await createTable(runner, 'stock_print', {
      columns: {
        id: id(),
        runId: ref('course_run'),
        officeId: ref(),
        rightTenths: count(),
        downTenths: count(),
        highestOnTop: flag(),
        orderedBy: ref(),
        orderedAt: instant(),
      },
      index: { stock_print_by_run: ['runId'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
