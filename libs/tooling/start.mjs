// npm start: installs and builds what is missing, then becomes the server. npm run dev: the same, again at every change.
import { pathToFileURL } from 'node:url';
import { appsHere, build, mainOf, watch } from './build.mjs';
import { endGroup, isBundle, makeReady } from './ready.mjs';

await makeReady();
if (process.env.npm_lifecycle_event) endWithParent();
if (process.argv.includes('--watch') && !isBundle) {
  await develop();
} else {
  await build(['api', 'cli', 'web']);
  // The server runs in this very process: signals and the exit code are its own, and nothing stands between.
  await import(pathToFileURL(mainOf('api')).href);
}

/** npm passes a signal on to its shell, and the shell to nobody: when they have gone, the signal was meant for us. */
function endWithParent() {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  look.unref();
}

async function develop() {
  const children = watch(['api', 'web'].filter((name) => appsHere().includes(name)));
  let asked = false;
  const endAll = (signal) => children.forEach((child) => endGroup(child, signal));
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      asked = true;
      endAll(signal);
    });
  }
  // When one of them ends, the others have no reason to stay.
  children.forEach((child) => child.once('exit', () => endAll('SIGTERM')));
  await Promise.all(children.map((child) => new Promise((resolve) => child.once('exit', resolve))));
  process.exitCode = asked ? 0 : 1;
}
