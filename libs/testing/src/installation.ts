import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Backend, migrate, openBackend } from '@app/backend';
import { readSettings, type Settings } from '@app/platform';
import { newServerDatabase } from './test-database.js';

export type Engine = 'sqlite' | 'mariadb';

/** The engines there are in this run of the specs: MariaDB only when TEST_DATABASE_URL names a server. */
export const engines: Engine[] = process.env.TEST_DATABASE_URL ? ['sqlite', 'mariadb'] : ['sqlite'];
/** The engine this run is about. */
export const engine: Engine = process.env.TEST_DATABASE_URL ? 'mariadb' : 'sqlite';

/** The least that production is started with. */
export const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://maharat.example',
  MASTER_KEY: randomBytes(32).toString('base64'),
};

/** A place for one installation of the product: a folder and a database, both empty. */
export interface TestInstallation {
  settings: Settings;
  /** What a process of it is started with. */
  env: Record<string, string>;
  /** Opens it, with its tables unless `migrated` is false; all that is opened is closed at the end. */
  open(options?: { migrated?: boolean }): Promise<Backend>;
  remove(): Promise<void>;
}

export async function newInstallation(
  on: Engine = engine,
  more: Record<string, string> = {},
): Promise<TestInstallation> {
  const folder = await mkdtemp(join(tmpdir(), 'maharat-place-'));
  const server = on === 'mariadb' ? await newServerDatabase() : undefined;
  const env = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATA_DIR: folder,
    ...(server && { DATABASE_URL: server.url }),
    ...more,
  };
  const opened: Backend[] = [];
  const settings = readSettings(env);
  return {
    settings,
    env,
    async open({ migrated = true } = {}) {
      const backend = await openBackend(settings, 'spec');
      opened.push(backend);
      if (migrated) await migrate(backend);
      return backend;
    },
    async remove() {
      for (const backend of opened) if (backend.dataSource.isInitialized) await backend.close();
      await server?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
