import 'reflect-metadata';
import { migrate, openBackend, runProcess } from '@app/backend';
import { armFailpoint } from '@app/platform';
import { createApi } from './create-api.js';

await runProcess(async (settings) => {
  armFailpoint(settings.FAILPOINT);
  const backend = await openBackend(settings, 'api');
  await migrate(backend);
  const app = await createApi(backend);
  await app.listen(settings.PORT, settings.HOST);
  if (settings.embeddedJobs) await backend.jobs.start(settings.JOB_CONCURRENCY);
  return {
    async close() {
      await app.close();
      await backend.close();
    },
  };
});
