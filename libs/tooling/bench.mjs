// npm run bench [-- NAME...] [--json]: each figure beside its limit, taken in turn in one run.
// A bench is libs/backend/bench/NAME.bench.mjs over the built product. It prints its figures (figures.mjs) and finds
// MariaDB and Redis of its own in TEST_DATABASE_URL and TEST_REDIS_URL.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from './build.mjs';
import { readFigure, writeFigure } from './figures.mjs';
import { giveUp, makeReady, root } from './ready.mjs';
import { withServers } from './specs.mjs';

const folder = join(root, 'libs/backend/bench');

await makeReady();
const args = process.argv.slice(2);
const asJson = args.includes('--json');
const names = args.filter((word) => !word.startsWith('-'));
const benches = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((file) => file.endsWith('.bench.mjs') && (names.length === 0 || names.some((name) => file.startsWith(name))))
  .sort();
if (benches.length === 0) giveUp('سنجشی با این نام نیست.', `No bench of that name in ${folder}.`);

await build(['api', 'worker', 'cli', 'web']);
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
let good = true;
for (const bench of benches) {
  const { code, figures } = await withServers((urls) => runBench(bench, urls));
  if (code !== 0 || figures.length === 0)
    process.stderr.write(`✗ ${bench} ended with ${code} and gave no whole result\n`);
  good &&= code === 0 && figures.length > 0 && figures.every(({ met }) => met);
}
process.exit(good ? 0 : 1);

async function runBench(bench, urls) {
  const child = spawn(process.execPath, [join(folder, bench)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...urls },
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const figures = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const figure = readFigure(line);
    if (figure) figures.push(figure);
    if (figure) console.log(asJson ? line : writeFigure(figure));
    else process.stderr.write(`${line}\n`);
  }
  return { code: await ended, figures };
}
