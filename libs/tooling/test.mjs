// npm test: every spec on SQLite with jobs in process, the same specs on MariaDB and Redis, the web's own, the browser's.
// npm test -- --engine sqlite|mariadb|web|browser [arguments of Jest]
import { giveUp, makeReady } from './ready.mjs';
import { parseArguments, runParts } from './specs.mjs';

await makeReady();
try {
  const { engines, rest } = parseArguments(process.argv.slice(2));
  await runParts(engines, rest);
} catch (error) {
  giveUp('آزمون‌ها به پایان نرسید.', `The tests did not come to their end: ${error.message}`);
}
