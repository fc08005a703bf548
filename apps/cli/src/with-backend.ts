import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { awaitMigrations, type Backend, BackendModule, claimInstallation, openBackend } from '@app/backend';
import { type Call, settingsOf } from './command.js';

/**
 * Works with an installation whose tables are at this version. Nothing is served and no job is run.
 *
 * @throws CannotStart its tables are of another version, its keys are others, or it is not to be touched
 */
export async function withBackend<R>(call: Call, work: (backend: Backend) => Promise<R>): Promise<R> {
  const backend = await openBackend(settingsOf(call), 'cli');
  try {
    await awaitMigrations(backend, 0);
    await claimInstallation(backend);
    return await work(backend);
  } finally {
    await backend.close();
  }
}

/** The same for work that changes something: every job that may follow is known, so that it is written with the change. */
export const withWholeBackend = <R>(
  call: Call,
  work: (backend: Backend, app: INestApplicationContext) => Promise<R>,
): Promise<R> =>
  withBackend(call, async (backend) => {
    const app = await NestFactory.createApplicationContext(BackendModule.over(backend), {
      logger: ['error'],
      abortOnError: false,
    });
    try {
      return await work(backend, app);
    } finally {
      await app.close();
    }
  });
