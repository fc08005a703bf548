// npm run proof [-- NAME...]: the long proofs in full size, on both engines (or on one: --engine sqlite|mariadb).
// The same specs run small in npm test.
import { giveUp, makeReady } from './ready.mjs';
import { parseArguments, runParts } from './specs.mjs';

await makeReady();
try {
  const { engines, rest } = parseArguments(process.argv.slice(2), ['sqlite', 'mariadb']);
  const options = rest.filter((word) => word.startsWith('-'));
  const names = rest.filter((word) => !word.startsWith('-'));
  const pattern = `(${names.join('|')})[^/]*\\.proof\\.spec\\.ts$`;
  // One at a time: a proof measures and kills, and must have the machine for itself.
  await runParts(engines, ['--verbose', '--maxWorkers=1', ...options, pattern], { PROOF: 'full' });
} catch (error) {
  giveUp('اثبات به پایان نرسید.', `The proof did not come to its end: ${error.message}`);
}
