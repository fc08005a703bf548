// The limit of the course run's page: the least that answers these bytes from these tables. No session, no rights.
import fastify from 'fastify';
import { lib, openPool } from './stage.mjs';

const { maskName, maskNationalId, sortPersian } = await lib('persian');
const { Keys, MasterKey, readSettings } = await lib('platform');

const settings = readSettings();
const keys = Keys.load(settings.keyFile, false, MasterKey.of(settings));
const pool = openPool(settings.DATABASE_URL, settings.DATABASE_POOL);
const rows = async (sql, id) => (await pool.query(sql, [id]))[0];

async function courseRun(id) {
  const [[run], sessions, people, tallies] = await Promise.all([
    rows(
      `SELECT r.id, r.number, r.status, r.startsOn, r.endsOn, r.enrolmentClosesOn, r.capacity, r.seatsTaken,
              r.plannedMinutes, s.code, s.titleFa, s.titleEn, v.theoryMinutes, v.practiceMinutes, o.name AS officeName,
              o.nameEn, i.id AS instituteId, i.name AS instituteName, m.name AS roomName, m.capacity AS roomCapacity,
              t.id AS trainerId, t.givenName, t.familyName
       FROM course_run r
       JOIN training_standard s ON s.id = r.standardId
       JOIN training_standard_version v ON v.id = r.standardVersionId
       JOIN office o ON o.id = r.officeId
       JOIN institute i ON i.id = r.instituteId
       JOIN room m ON m.id = r.roomId
       JOIN trainer t ON t.id = r.trainerId
       WHERE r.id = ?`,
      id,
    ),
    rows('SELECT id, ordinal, day, startMinute, endMinute, status FROM session WHERE runId = ? ORDER BY ordinal', id),
    rows(
      `SELECT e.id, e.traineeId, e.status, e.enrolledAt, t.nationalId, t.givenName, t.familyName, t.fatherName
       FROM enrolment e JOIN trainee t ON t.id = e.traineeId WHERE e.runId = ?`,
      id,
    ),
    rows(
      `SELECT m.enrolmentId, SUM(s.endMinute - s.startMinute) AS entered, SUM(m.presentMinutes) AS present
       FROM attendance_mark m JOIN session s ON s.id = m.sessionId WHERE m.runId = ? GROUP BY m.enrolmentId`,
      id,
    ),
  ]);
  const tallyOf = new Map(tallies.map((tally) => [tally.enrolmentId, tally]));
  const enrolments = people.map(({ id: enrolmentId, traineeId, status, enrolledAt, ...sealed }) => {
    const open = (column) => keys.open(sealed[column], `trainee.${column}.${traineeId}`).toString();
    const tally = tallyOf.get(enrolmentId);
    const present = Number(tally.present);
    const entered = Number(tally.entered);
    return {
      id: enrolmentId,
      status,
      enrolledAt,
      givenName: open('givenName'),
      familyName: open('familyName'),
      maskedFatherName: maskName(open('fatherName')),
      maskedNationalId: maskNationalId(open('nationalId')),
      attendance: {
        presentMinutes: present,
        excusedMinutes: 0,
        unexcusedMinutes: entered - present,
        notEnteredMinutes: run.plannedMinutes - entered,
        presentOfPlanned: Math.round((present * 10_000) / run.plannedMinutes),
      },
    };
  });
  const { id: runId, number, status, startsOn, endsOn, enrolmentClosesOn, capacity, seatsTaken, plannedMinutes } = run;
  const { code, titleFa, titleEn, theoryMinutes, practiceMinutes, givenName, familyName } = run;
  return {
    ...{ id: runId, number, status, startsOn, endsOn, enrolmentClosesOn, capacity, seatsTaken, plannedMinutes },
    heldMinutes: sessions.reduce(
      (minutes, session) => (session.status === 'HELD' ? minutes + session.endMinute - session.startMinute : minutes),
      0,
    ),
    standard: { code, titleFa, titleEn, theoryMinutes, practiceMinutes },
    office: { name: run.officeName, nameEn: run.nameEn },
    institute: { id: run.instituteId, name: run.instituteName },
    room: { name: run.roomName, capacity: run.roomCapacity },
    trainer: { id: run.trainerId, givenName, familyName },
    sessions,
    enrolments: sortPersian(enrolments, (person) => `${person.familyName} ${person.givenName}`),
    viewerCan: ['ENROL', 'REQUEST_ATTENDANCE_REPORT', 'FINISH', 'CANCEL'],
  };
}

const app = fastify();
app.get('/ready', () => ({}));
app.get('/course-run/:id', async (request) => ({ data: { courseRun: await courseRun(request.params.id) } }));
process.on('SIGTERM', () => process.exit(0));
await app.listen({ port: settings.PORT, host: settings.HOST });
