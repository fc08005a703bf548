import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { csvLine } from './recount.rules.js';

interface Check {
  fa: string;
  en: string;
  found: unknown;
  wanted: unknown;
  good: boolean;
}

type Cells = readonly (string | number | null)[];

/** What the demo says while it goes on, what it keeps in its folder, and what it holds against what must be. */
export class Notebook {
  private readonly checks: Check[] = [];
  private readonly began = performance.now();
  private steps = 0;

  private constructor(private readonly folder: string) {}

  /** Begins with an empty folder. */
  static async open(folder: string): Promise<Notebook> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new Notebook(folder);
  }

  /** Tells what is done now, and afterwards how long it took. */
  async step<T>(fa: string, en: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    print(`\n${++this.steps}. ${fa} | ${en}`);
    const result = await work();
    print(`   ${seconds(began)} s`);
    return result;
  }

  say(fa: string, en: string): void {
    print(`   • ${fa} | ${en}`);
  }

  /** Holds what was found against what must be. */
  check(fa: string, en: string, found: unknown, wanted: unknown): void {
    const good = isDeepStrictEqual(found, wanted);
    this.checks.push({ fa, en, found, wanted, good });
    print(`   ${good ? '✓' : '✗'} ${fa} | ${en}${good ? '' : `: ${short(found)} ≠ ${short(wanted)}`}`);
  }

  /** Keeps a file, by its name in the folder. */
  async keep(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }

  /** Keeps a table for another program: UTF-8 with a byte order mark, no cell a formula. */
  async table(name: string, head: readonly string[], rows: readonly Cells[]): Promise<void> {
    await this.keep(name, Buffer.from(`\ufeff${[head, ...rows].map(csvLine).join('')}`));
  }

  /**
   * Ends with the table of all checks.
   *
   * @returns whether everything was as it must be
   */
  async close(): Promise<boolean> {
    const wrong = this.checks.filter(({ good }) => !good);
    print('\nوارسی‌ها | checks');
    for (const { good, fa, en, found, wanted } of this.checks) {
      print(` ${good ? '✓' : '✗'} ${en.padEnd(72)} ${fa}`);
      if (!good) print(`     found  ${JSON.stringify(found)}\n     wanted ${JSON.stringify(wanted)}`);
    }
    await this.table(
      'checks.csv',
      ['check', 'checkFa', 'good', 'found', 'wanted'],
      this.checks.map(({ en, fa, good, found, wanted }) => [en, fa, good ? 'yes' : 'no', text(found), text(wanted)]),
    );
    const right = this.checks.length - wrong.length;
    print(
      wrong.length === 0
        ? `\n${right} وارسی درست، در ${seconds(this.began)} ثانیه | all ${right} checks right, in ${seconds(this.began)} s`
        : `\n${wrong.length} وارسی نادرست | ${wrong.length} of ${this.checks.length} checks are wrong`,
    );
    print(`پرونده‌ها در ${this.folder} | the files are in ${this.folder}`);
    return wrong.length === 0;
  }
}

const print = (line: string) => process.stdout.write(`${line}\n`);
const seconds = (began: number) => ((performance.now() - began) / 1000).toFixed(1);
const text = (value: unknown) => (typeof value === 'number' ? value : JSON.stringify(value));
const short = (value: unknown) => String(JSON.stringify(value)).slice(0, 200);
