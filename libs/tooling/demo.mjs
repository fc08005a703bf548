// npm run demo: the main job from plan to certificate, over HTTP, as the people themselves would do it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, mainOf } from './build.mjs';
import { giveUp, makeReady, root } from './ready.mjs';

await makeReady();
await build(['api', 'cli', 'web']);
/** @type {{ runDemo: typeof import('../../apps/cli/src/demo/demo.js').runDemo }} */
const { runDemo } = await import(pathToFileURL(join(mainOf('cli'), '../demo/demo.js')).href);
const { WebSocket } = await import('ws');
try {
  process.exitCode = (await runDemo({ root, apiMain: mainOf('api'), Socket: WebSocket })) ? 0 : 1;
} catch (error) {
  giveUp('نمایش ناتمام ماند.', `The demo could not go on: ${error.stack}`);
}
