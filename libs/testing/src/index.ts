export { TestClock } from './test-clock.js';
export { emptyDatabase, StatementLog, type TestDatabase, testDatabase } from './test-database.js';
export * from './pdf-text.js';
