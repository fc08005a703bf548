// npm start: installs and builds what is missing, then becomes the server. npm run dev: the same, again at every change.
import { pathToFileURL } from 'node:url';
import { appsHere, build, mainOf, watch } from './build.mjs';
import { isBundle, makeReady } from './ready.mjs';

await makeReady();
if (process.argv.includes('--watch') && !isBundle) {
  await develop();
} else {
  await build(['api', 'cli', 'web']);
  // The server runs in this very process: signals and the exit code are its own, and nothing stands between.
  await import(pathToFileURL(mainOf('api')).href);
}

async function develop() {
  const children = watch(['api', 'web'].filter((name) => appsHere().includes(name)));
  const endAll = (signal) => children.forEach((child) => child.kill(signal));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => endAll(signal));
  // When one of them ends, the others have no reason to stay.
  children.forEach((child) => child.once('exit', () => endAll('SIGTERM')));
  const codes = await Promise.all(children.map((child) => new Promise((resolve) => child.once('exit', resolve))));
  process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
}
