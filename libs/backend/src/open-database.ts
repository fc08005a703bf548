import { DataSource, type DataSourceOptions, type Logger } from 'typeorm';
import { takeTurns } from '@app/platform';
import { entities } from './entities.js';
import { migrations } from './migrations/index.js';

/** Connects to a database and knows its tables; changes nothing in it. `logger` sees every statement. */
export function openDatabase(options: DataSourceOptions, logger?: Logger): Promise<DataSource> {
  const dataSource = new DataSource({
    ...options,
    entities,
    migrations,
    migrationsTransactionMode: 'each',
    synchronize: false,
    ...(logger && { logger }),
  } as DataSourceOptions);
  return takeTurns(dataSource).initialize();
}
