// Seat claims a second on one hot run: enrolTrainee at one API process over 32 connections, against the bare conditional
// update and insert on twins of the two tables, over as many connections. A round is long enough for a warm server.
import {
  elapsedMs,
  inParallel,
  lib,
  many,
  measure,
  newName,
  newNationalId,
  newRun,
  openPool,
  openStage,
  signedIn,
} from './stage.mjs';

const CLAIMS = 1500;
const CONNECTIONS = 32;

const ENROL = `mutation ($input: EnrolTraineeInput!) { enrolTrainee(input: $input) {
  __typename ... on EnrolmentRefused { reason }
} }`;

const { newId } = await lib('platform');
const stage = await openStage(ENROL);
const pool = openPool(stage.env.DATABASE_URL, CONNECTIONS);
await pool.query('CREATE TABLE course_run_twin LIKE course_run');
await pool.query('CREATE TABLE enrolment_twin LIKE enrolment');
const ask = await signedIn(stage, 'INSTITUTE_MANAGER');
const perSecond = async (claim) =>
  (CLAIMS / (await elapsedMs(() => inParallel(CONNECTIONS, many(CLAIMS), claim)))) * 1000;

await measure({
  name: 'seat-claims',
  goal: { atLeast: 0.25 },
  rounds: 7,
  prepare: async () => {
    const { runId } = await newRun(stage, { sessions: 1, people: 0, capacity: CLAIMS });
    await pool.query('INSERT INTO course_run_twin SELECT * FROM course_run WHERE id = ?', [runId]);
    return runId;
  },
  ours: (runId) =>
    perSecond(async () => {
      const input = { runId, nationalId: newNationalId(), ...newName(), fatherName: 'غلام‌رضا' };
      const answer = await ask(ENROL, { input });
      if (!answer.includes('"Enrolment"')) throw new Error(answer);
    }),
  limit: (runId) =>
    perSecond(async () => {
      const connection = await pool.getConnection();
      await connection.beginTransaction();
      const [{ affectedRows }] = await connection.execute(
        'UPDATE course_run_twin SET seatsTaken = seatsTaken + 1 WHERE id = ? AND seatsTaken < capacity',
        [runId],
      );
      if (affectedRows !== 1) throw new Error('no seat was free');
      await connection.execute(
        'INSERT INTO enrolment_twin (id, runId, traineeId, status, enrolledAt, settled) VALUES (?, ?, ?, ?, ?, 0)',
        [newId(), runId, newId(), 'ENROLLED', new Date()],
      );
      await connection.commit();
      connection.release();
    }),
});
await pool.end();
await stage.close();
