// npm run cli -- COMMAND: builds the command line program when its sources have changed, then becomes it.
import { pathToFileURL } from 'node:url';
import { build, mainOf } from './build.mjs';
import { makeReady } from './ready.mjs';

await makeReady();
await build(['cli']);
process.argv[1] = mainOf('cli');
await import(pathToFileURL(mainOf('cli')).href);
