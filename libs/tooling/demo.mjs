// npm run demo: the main job from plan to certificate, over HTTP, as the people themselves would do it.
import { build } from './build.mjs';
import { makeReady } from './ready.mjs';

await makeReady();
await build(['api', 'cli', 'web']);
process.argv.splice(2, 0, 'demo');
await import('./cli.mjs');
