import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { awaitMigrations, BackendModule, claimInstallation, openBackend, runProcess } from '@app/backend';
import { armFailpoint } from '@app/platform';

await runProcess(async (settings) => {
  armFailpoint(settings.FAILPOINT);
  const backend = await openBackend(settings, 'worker');
  await awaitMigrations(backend);
  await claimInstallation(backend);
  const app = await NestFactory.createApplicationContext(BackendModule.over(backend), {
    logger: ['error'],
    abortOnError: false,
  });
  await backend.jobs.start(settings.JOB_CONCURRENCY);
  backend.nights.start();
  backend.chainer.start();
  return {
    async close() {
      await backend.close();
      await app.close();
    },
  };
});
