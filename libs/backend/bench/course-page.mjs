// The course run's page as benches ask for it, over a run with 25 people and 40 sessions, half of them marked.
import { cpuMs, inParallel, lib, many, newRun } from './stage.mjs';

const REQUESTS = 400;
const CONNECTIONS = 16;

/** The page's query; what else of the run is wanted. */
export const coursePage = (more = '') => `query ($id: ID!) { courseRun(id: $id) {
  id number status startsOn endsOn enrolmentClosesOn capacity seatsTaken plannedMinutes heldMinutes
  standard { code titleFa titleEn theoryMinutes practiceMinutes }
  office { name nameEn } institute { id name } room { name capacity } trainer { id givenName familyName }
  sessions { id ordinal day startMinute endMinute status }
  enrolments { id status enrolledAt givenName familyName maskedFatherName maskedNationalId
    attendance { presentMinutes excusedMinutes unexcusedMinutes notEnteredMinutes presentOfPlanned } }
  ${more}
} }`;

/** Milliseconds of CPU that a process takes for one of many requests, several at a time. */
export const perRequest = async (pid, send) =>
  (await cpuMs(pid, () => inParallel(CONNECTIONS, many(REQUESTS), send))) / REQUESTS;

/** The id of a run whose first half of sheets is marked: most were there, some not. */
export async function newMarkedRun(stage) {
  const { runId, sessionIds, enrolmentIds } = await newRun(stage, { sessions: 40, people: 25 });
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
  return runId;
}
