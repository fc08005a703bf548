export { type Engine, engine, engines, type TestInstallation, newInstallation } from './installation.js';
export { TestClock } from './test-clock.js';
export { emptyDatabase, StatementLog, testDatabase } from './test-database.js';
export * from './pdf-text.js';
export { type S3Fault, S3Stub } from './s3-stub.js';
export * from './factories/course-run.js';
export { qualifiedRun } from './factories/qualified-run.js';
export { MemoryFiles } from './memory-files.js';
