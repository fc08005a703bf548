// CPU a request of the course run's page, as it is, against the same API without session, guard, bounds and rates.
import { fileURLToPath } from 'node:url';
import { mainOf } from '../../tooling/build.mjs';
import { cpuMs, inParallel, many, measure, newRun, openStage, signedIn, startServer } from './stage.mjs';

const REQUESTS = 400;
const CONNECTIONS = 16;

const PAGE = `query ($id: ID!) { courseRun(id: $id) {
  id number status startsOn endsOn enrolmentClosesOn capacity seatsTaken plannedMinutes heldMinutes
  standard { code titleFa titleEn theoryMinutes practiceMinutes }
  office { name nameEn } institute { id name } room { name capacity } trainer { id givenName familyName }
  sessions { id ordinal day startMinute endMinute status }
  enrolments { id status enrolledAt givenName familyName maskedFatherName maskedNationalId
    attendance { presentMinutes excusedMinutes unexcusedMinutes notEnteredMinutes presentOfPlanned } }
} }`;

const stage = await openStage(PAGE);
const { runId } = await newRun(stage, { sessions: 40, people: 25 });
const unguarded = fileURLToPath(new URL('unguarded.mjs', import.meta.url));
const open = await startServer(mainOf('api'), stage.env, '/health/ready', ['--import', unguarded]);
const ask = await signedIn(stage, 'COUNTY_OFFICER');
const askOpen = async () => {
  const { text } = await open.send(
    { path: '/graphql', method: 'POST', headers: { 'content-type': 'application/json' } },
    JSON.stringify({ query: PAGE, variables: { id: runId } }),
  );
  return text;
};
const askGuarded = () => ask(PAGE, { id: runId });
if ((await askGuarded()) !== (await askOpen())) throw new Error('The two do not answer the same');

const perRequest = async (pid, send) =>
  (await cpuMs(pid, () => inParallel(CONNECTIONS, many(REQUESTS), send))) / REQUESTS;
await measure({
  name: 'guarded-page',
  goal: { atMost: 1.25 },
  rounds: 7,
  ours: () => perRequest(stage.api.pid, askGuarded),
  limit: () => perRequest(open.pid, askOpen),
});
await open.stop();
await stage.close();
