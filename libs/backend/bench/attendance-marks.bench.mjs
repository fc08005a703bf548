// Attendance marks a second: sheets of 25, one mutation each, over 8 connections, against LOAD DATA of the same rows
// into a twin of the table.
import { Readable } from 'node:stream';
import { elapsedMs, inParallel, many, measure, newRun, openPool, openStage, signedIn } from './stage.mjs';

const RUNS = 8;
const SESSIONS = 40;
const PEOPLE = 25;
const CONNECTIONS = 8;

const MARK = `mutation ($input: MarkAttendanceInput!) { markAttendance(input: $input) {
  __typename ... on AttendanceRefused { reason }
} }`;

const stage = await openStage(MARK);
const pool = openPool(stage.env.DATABASE_URL, 1);
await pool.query('SET GLOBAL local_infile = 1');
await pool.query('CREATE TABLE attendance_mark_twin LIKE attendance_mark');
const ask = await signedIn(stage, 'TRAINER');
const statuses = ['PRESENT', 'PRESENT', 'PRESENT', 'EXCUSED', 'UNEXCUSED'];
const rows = RUNS * SESSIONS * PEOPLE;

await measure({
  name: 'attendance-marks',
  goal: { atLeast: 0.04 },
  rounds: 5,
  prepare: async () => {
    const runs = [];
    for (let i = 0; i < RUNS; i++) runs.push(await newRun(stage, { sessions: SESSIONS, people: PEOPLE }));
    return runs;
  },
  ours: async (runs) => {
    // The first session of every run, then the second: as classes of many institutes are marked at one time.
    const sheets = many(SESSIONS, (s) =>
      runs.map(({ sessionIds, enrolmentIds }) => [sessionIds[s], enrolmentIds]),
    ).flat();
    const ms = await elapsedMs(() =>
      inParallel(CONNECTIONS, sheets, async ([sessionId, enrolmentIds]) => {
        const marks = enrolmentIds.map((enrolmentId, i) => ({ enrolmentId, status: statuses[i % statuses.length] }));
        const answer = await ask(MARK, { input: { sessionId, marks } });
        if (!answer.includes('"AttendanceSheet"')) throw new Error(answer);
      }),
    );
    return (rows / ms) * 1000;
  },
  limit: async (runs) => {
    const [written] = await pool.query({
      sql: `SELECT runId, enrolmentId, sessionId, term, status, presentMinutes, CAST(markedAt AS CHAR), markedBy
            FROM attendance_mark WHERE runId IN (?)`,
      values: [runs.map(({ runId }) => runId)],
      rowsAsArray: true,
    });
    if (written.length !== rows) throw new Error(`${written.length} marks stand, not ${rows}`);
    const file = Buffer.from(written.map((row) => `${row.join('\t')}\n`).join(''));
    await pool.query('TRUNCATE attendance_mark_twin');
    const ms = await elapsedMs(() =>
      pool.query({
        sql: `LOAD DATA LOCAL INFILE 'marks' INTO TABLE attendance_mark_twin CHARACTER SET utf8mb4
              (runId, enrolmentId, sessionId, term, status, presentMinutes, markedAt, markedBy)`,
        infileStreamFactory: () => Readable.from([file]),
      }),
    );
    return (rows / ms) * 1000;
  },
});
await pool.end();
await stage.close();
