export { type Engine, engine, engines, type TestInstallation, newInstallation } from './installation.js';
export { TestClock } from './test-clock.js';
export { emptyDatabase, StatementLog, type TestDatabase, testDatabase } from './test-database.js';
export * from './pdf-text.js';
export { type S3Fault, type S3FaultPlan, S3Stub, type S3StubOptions } from './s3-stub.js';
export * from './factories/course-run.js';
export { qualifiedRun } from './factories/qualified-run.js';
export { MemoryFiles } from './memory-files.js';
