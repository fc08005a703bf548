// CPU a request of the course run's page, with session, guard and policy, against a bare handler that answers the same
// bytes from the same tables: a run with 25 people and 40 sessions, half of them marked.
import { fileURLToPath } from 'node:url';
import { cpuMs, inParallel, lib, many, measure, newRun, openStage, signedIn, startServer } from './stage.mjs';

const REQUESTS = 400;
const CONNECTIONS = 16;

const PAGE = `query ($id: ID!) { courseRun(id: $id) {
  id number status startsOn endsOn enrolmentClosesOn capacity seatsTaken plannedMinutes heldMinutes
  standard { code titleFa titleEn theoryMinutes practiceMinutes }
  office { name nameEn } institute { id name } room { name capacity } trainer { id givenName familyName }
  sessions { id ordinal day startMinute endMinute status }
  enrolments { id status enrolledAt givenName familyName maskedFatherName maskedNationalId
    attendance { presentMinutes excusedMinutes unexcusedMinutes notEnteredMinutes presentOfPlanned } }
  viewerCan
} }`;

const stage = await openStage(PAGE);
const { runId, sessionIds, enrolmentIds } = await newRun(stage, { sessions: 40, people: 25 });
await mark();
const ask = await signedIn(stage, 'COUNTY_OFFICER');
const bare = await startServer(fileURLToPath(new URL('bare-page.mjs', import.meta.url)), stage.env, '/ready');
const path = `/course-run/${runId}`;

const [page, barePage] = [await ask(PAGE, { id: runId }), (await bare.send({ path })).text];
if (page.trim() !== barePage.trim()) throw new Error(`The two do not answer the same:\n${page}\n${barePage}`);

const perRequest = async (pid, send) =>
  (await cpuMs(pid, () => inParallel(CONNECTIONS, many(REQUESTS), send))) / REQUESTS;
await measure({
  name: 'course-run-page',
  goal: { atMost: 4 },
  rounds: 7,
  ours: () => perRequest(stage.api.pid, () => ask(PAGE, { id: runId })),
  limit: () => perRequest(bare.pid, () => bare.send({ path })),
});
await bare.stop();
await stage.close();

/** The first half of the sheets: most were there, some not. */
async function mark() {
  const { AttendanceMark, AttendanceStatus, Session, SessionStatus } = await lib('training');
  const { SYSTEM } = await lib('platform');
  const of = [AttendanceStatus.PRESENT, AttendanceStatus.PRESENT, AttendanceStatus.LATE, AttendanceStatus.UNEXCUSED];
  const minutes = [60, 60, 45, 0];
  await stage.backend.database.write(SYSTEM, async (tx) => {
    for (const [s, sessionId] of sessionIds.slice(0, 20).entries()) {
      await tx.update(Session, { id: sessionId }, { status: SessionStatus.HELD });
      await tx.insertAll(
        AttendanceMark,
        enrolmentIds.map((enrolmentId, e) => ({
          ...{ runId, enrolmentId, sessionId, term: 1405, markedAt: new Date(), markedBy: SYSTEM.userId },
          status: of[(s + e) % 4],
          presentMinutes: minutes[(s + e) % 4],
        })),
      );
    }
  });
}
