import 'reflect-metadata';
import { sayAndExit } from '@app/backend';
import { run } from './run.js';

try {
  process.exitCode = await run(process.argv.slice(2), process.env);
} catch (error) {
  sayAndExit(error);
}
