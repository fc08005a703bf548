// Certificate rows a second: what one order of 2,000 issues in blocks (rows, serials, events, the jobs that draw papers),
// against the bare block of 100: the counter counted up and the same rows inserted into a twin of the table, in one
// transaction.
import { setTimeout } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { elapsedMs, lib, measure, newRun, openPool, openStage } from './stage.mjs';

const PEOPLE = 2000;
const BLOCK = 100;

const { BackendModule } = await lib('backend');
const { CertificateBatch, CertificateBatchState, CertificateIssueService } = await lib('certification');
const { newId, SYSTEM } = await lib('platform');
const { CourseRunStatus, ExamPart, ExamResult } = await lib('training');

const stage = await openStage();
const { backend } = stage;
const app = await NestFactory.createApplicationContext(BackendModule.over(backend), { logger: ['error'] });
const service = app.get(CertificateIssueService, { strict: false });
const pool = openPool(stage.env.DATABASE_URL, 1);
await pool.query('CREATE TABLE certificate_twin LIKE certificate');
await pool.query('CREATE TABLE certificate_counter_twin LIKE certificate_counter');
await pool.query("INSERT INTO certificate_counter_twin VALUES ('26', 1405, 0)");

await measure({
  name: 'certificate-rows',
  goal: { atLeast: 0.4 },
  rounds: 5,
  prepare: newOrder,
  ours: async (order) => {
    const ms = await elapsedMs(() => service.issue(order));
    // The rings of the jobs are on their way to Redis still: the limit is not to wait for them.
    await setTimeout(1000);
    return (PEOPLE / ms) * 1000;
  },
  limit: async ({ runId }) => {
    const [rows] = await pool.query('SELECT * FROM certificate WHERE runId = ?', [runId]);
    if (rows.length !== PEOPLE) throw new Error(`${rows.length} certificates stand, not ${PEOPLE}`);
    const columns = Object.keys(rows[0]);
    const blocks = [];
    for (let from = 0; from < PEOPLE; from += BLOCK)
      blocks.push(rows.slice(from, from + BLOCK).map((row) => columns.map((column) => row[column])));
    await pool.query('TRUNCATE certificate_twin');
    const connection = await pool.getConnection();
    const ms = await elapsedMs(async () => {
      for (const block of blocks) {
        await connection.beginTransaction();
        await connection.query('UPDATE certificate_counter_twin SET lastNumber = lastNumber + ?', [BLOCK]);
        await connection.query(`INSERT INTO certificate_twin (${columns.join(', ')}) VALUES ?`, [block]);
        await connection.commit();
      }
    });
    connection.release();
    return (PEOPLE / ms) * 1000;
  },
});
await pool.end();
await app.close();
await stage.close();

/** A finished run in which everyone has passed, and the order to certify them. */
async function newOrder() {
  const { runId, enrolmentIds } = await newRun(stage, {
    sessions: 2,
    people: PEOPLE,
    status: CourseRunStatus.FINISHED,
  });
  return backend.database.write(SYSTEM, async (tx) => {
    await tx.insertAll(
      ExamResult,
      enrolmentIds.flatMap((enrolmentId) =>
        [ExamPart.WRITTEN, ExamPart.PRACTICAL].map((part) => ({
          ...{ runId, enrolmentId, part, tryNumber: 1, absent: false, markHundredths: 8500, satOn: stage.place.today },
          ...{ enteredBy: SYSTEM.userId, enteredAt: new Date() },
        })),
      ),
    );
    const batchId = newId();
    await tx.insert(CertificateBatch, {
      ...{ id: batchId, runId, state: CertificateBatchState.ISSUING, total: PEOPLE, reason: null },
      ...{ requestedBy: SYSTEM.userId, requestedAt: new Date() },
    });
    return { batchId, runId };
  });
}
