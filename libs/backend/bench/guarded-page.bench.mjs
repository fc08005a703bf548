// CPU a request of the course run's page, as it is, against the same API without session, guard, bounds and rates.
import { fileURLToPath } from 'node:url';
import { mainOf } from '../../tooling/build.mjs';
import { coursePage, newMarkedRun, perRequest } from './course-page.mjs';
import { measure, openStage, signedIn, startServer } from './stage.mjs';

const PAGE = coursePage();

const stage = await openStage(PAGE);
const runId = await newMarkedRun(stage);
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

await measure({
  name: 'guarded-page',
  goal: { atMost: 1.25 },
  rounds: 7,
  ours: () => perRequest(stage.api.pid, askGuarded),
  limit: () => perRequest(open.pid, askOpen),
});
await open.stop();
await stage.close();
