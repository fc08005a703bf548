// CPU a request of the course run's page, with session, guard and policy, against a bare handler that answers the same
// bytes from the same tables.
import { fileURLToPath } from 'node:url';
import { coursePage, newMarkedRun, perRequest } from './course-page.mjs';
import { measure, openStage, signedIn, startServer } from './stage.mjs';

const PAGE = coursePage('viewerCan');

const stage = await openStage(PAGE);
const runId = await newMarkedRun(stage);
const ask = await signedIn(stage, 'COUNTY_OFFICER');
const bare = await startServer(fileURLToPath(new URL('bare-page.mjs', import.meta.url)), stage.env, '/ready');
const path = `/course-run/${runId}`;

const [page, barePage] = [await ask(PAGE, { id: runId }), (await bare.send({ path })).text];
if (page.trim() !== barePage.trim()) throw new Error(`The two do not answer the same:\n${page}\n${barePage}`);

await measure({
  name: 'course-run-page',
  goal: { atMost: 4 },
  rounds: 7,
  ours: () => perRequest(stage.api.pid, () => ask(PAGE, { id: runId })),
  limit: () => perRequest(bare.pid, () => bare.send({ path })),
});
await bare.stop();
await stage.close();
