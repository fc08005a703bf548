import 'reflect-metadata';
import { once } from 'node:events';
import { createServer } from 'node:net';
import {
  assertQueueKeeps,
  claimInstallation,
  DEMO_PASSWORD,
  fillInstallation,
  migrate,
  openBackend,
  runProcess,
} from '@app/backend';
import { armFailpoint, type Settings } from '@app/platform';
import { closeApi, createApi } from './create-api.js';

await runProcess(async (settings) => {
  armFailpoint(settings.FAILPOINT);
  await tryPort(settings);
  const backend = await openBackend(settings, 'api');
  await assertQueueKeeps(backend);
  await migrate(backend);
  const installation = await claimInstallation(backend);
  const app = await createApi(backend);
  // Every job is known before the first unit writes what follows it.
  await app.init();
  const demoAccounts = await fillInstallation(installation, backend, app);
  await app.listen(settings.PORT, settings.HOST);
  if (settings.embeddedJobs) {
    await backend.jobs.start(settings.JOB_CONCURRENCY);
    backend.nights.start();
    backend.chainer.start();
  }
  if (settings.overheard)
    backend.log.warn(
      { HOST: settings.HOST },
      'plain http on a network: whoever is on it reads passwords and sessions. For more than a try-out set PUBLIC_URL to an https address · بی‌رمز روی شبکه: گذرواژه‌ها خوانده می‌شود',
    );
  const lines = demoAccounts.map(
    ({ userName, titleFa, titleEn }) => `  ${userName.padEnd(22)} ${titleFa} · ${titleEn}`,
  );
  if (lines.length > 0) lines.unshift(`حساب‌های نمایشی · demo accounts, password ${DEMO_PASSWORD}:`);
  process.stdout.write(['', await app.getUrl(), ...lines, '', ''].join('\n'));
  return { close: () => closeApi(app, backend) };
});

/** A taken port is told at once, and not after a demo province was made. */
async function tryPort({ PORT, HOST }: Settings): Promise<void> {
  const server = createServer().listen(PORT, HOST);
  await once(server, 'listening');
  await once(server.close(), 'close');
}
