export { type Adapters, adapters, embeddedDatabase, serverDatabase } from './adapters.js';
export { type Backend, CannotStart, openBackend } from './backend.js';
export { BackendModule } from './backend.module.js';
export { entities } from './entities.js';
export { migrations } from './migrations/index.js';
export { openDatabase } from './open-database.js';
export { awaitMigrations, migrate } from './prepare.js';
export { schemaText } from './print-schema.js';
export { runProcess, sayAndExit } from './run-process.js';
