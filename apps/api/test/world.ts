import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Denials } from '@app/access';
import { backup, restore } from '@app/backend';
import { Job, MasterKey, metrics, plainKeys, Rates, type Settings, SYSTEM, writePlainKeys } from '@app/platform';
import { StatementLog } from '@app/testing';
import type { FixedChance } from './fixed-chance.js';
import { type Person, TestApi } from './test-api.js';

const PASSPHRASE = 'saffron-and-rose';
/** What the http server says by its own clock, or of the connection alone. */
const OF_THE_LINE = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

/** One thing that was asked, and all that came back. */
export interface Said {
  step: string;
  /** What was answered: status, heads and body; or the events of a subscription; or a file. */
  answer: string;
  /** The statements that the answer took: alike, they take alike long. */
  statements: string[];
}

/** An installation in which the same steps are done as in others, and which writes down all that comes out of it. */
export class World {
  readonly said: Said[] = [];
  readonly lines: string[] = [];
  private readonly log = new StatementLog();

  private constructor(
    readonly name: string,
    readonly api: TestApi,
    private readonly chance: FixedChance,
  ) {}

  /** A new one, from a backup and the keys of the association that stood beside it. */
  static async from(name: string, chance: FixedChance, { archive, referralKeys }: Copy): Promise<World> {
    const api = new TestApi(0, { LOG_LEVEL: 'debug' }, async (settings: Settings) => {
      await restore(settings, archive, PASSPHRASE);
      if (referralKeys) writePlainKeys(settings.referralKeyFile, referralKeys, MasterKey.of(settings));
    });
    await api.open();
    await api.app.get(Rates).stop();
    const world = new World(name, api, chance);
    api.backend.dataSource.logger = world.log;
    chance.lines.length = 0;
    return world;
  }

  /** Does a step and writes down what it answers. Steps of one name get the same chances and the same time. */
  async step<T>(step: string, at: number, work: () => Promise<T>, tell: (answer: T) => unknown): Promise<T> {
    this.chance.name(step, at);
    this.log.statements = [];
    const answer = await work();
    const text = JSON.stringify(await tell(answer));
    // What it counts of nobody's tries for a minute it writes down now: minutes are not the same everywhere.
    await this.api.app.get(Denials, { strict: false }).flush();
    // Those that are under way together may come in any order.
    this.said.push({ step, answer: text, statements: this.log.statements.toSorted() });
    this.lines.push(...this.chance.lines.splice(0));
    return answer;
  }

  /** Sends an operation as this person. */
  ask(step: string, at: number, by: Person, query: string, variables: object): Promise<Response> {
    return this.step(step, at, () => by.at(this.api.url).send(query, variables), told);
  }

  /** Does the waiting jobs, one after the other, by their names and subjects. */
  async work(step: string, at: number): Promise<void> {
    const { database, registry } = this.api.backend;
    const byName = (a: Job, b: Job) => (`${a.name} ${a.subject}` < `${b.name} ${b.subject}` ? -1 : 1);
    for (const { id, name, subject, payload } of (await database.read((tx) => tx.repo(Job).find())).sort(byName)) {
      // One that fails, or asks to be called later, says so everywhere alike.
      const run = async () =>
        registry
          .named(name)
          ?.run(payload)
          .then(() => 'done', String);
      await this.step(`${step}: ${name} ${subject}`, at, run, (end) => ({ name, subject, payload, end }));
      await database.write(SYSTEM, (tx) => tx.remove(Job, { id }));
    }
  }

  /** Every file of the store: its name, and its bytes unless they are sealed, which come out new each time. */
  async files(): Promise<string[]> {
    const names = await filesIn(join(this.api.backend.settings.dataDir, 'files'));
    const said = await Promise.all(
      names.map(async (path) => {
        const bytes = await readFile(path);
        const isSealed = /^k\d+:/.test(bytes.subarray(0, 8).toString('latin1'));
        const content = isSealed ? `sealed, ${bytes.length} bytes` : createHash('sha256').update(bytes).digest('hex');
        return `${relative(this.api.backend.settings.dataDir, path)} ${content}`;
      }),
    );
    return said.sort();
  }

  /** How often each operation and each job was counted in some work. */
  async figuresOf(work: () => Promise<unknown>): Promise<string[]> {
    metrics.resetMetrics();
    await work();
    const text = await (await this.api.nobody.get('/metrics')).text();
    return text.split('\n').filter((line) => /^maharat_(operation_seconds_count|job_runs_total)/.test(line));
  }

  /** The rows of these tables, what is sealed by its length alone. */
  async rows(leftOut: readonly string[] = []): Promise<Record<string, string[]>> {
    const { entityMetadatas } = this.api.backend.dataSource;
    const all: Record<string, string[]> = {};
    for (const { tableName } of entityMetadatas) {
      if (leftOut.includes(tableName)) continue;
      const rows = (await this.api.backend.dataSource.query(`SELECT * FROM ${tableName}`)) as object[];
      all[tableName] = rows.map((row) => JSON.stringify(row, unsealed)).sort();
    }
    return all;
  }

  /** All that a search of the machine would find: the folder, and what the database keeps in the clear. */
  async everythingKept(): Promise<{ where: string; bytes: Buffer }[]> {
    const { dataDir } = this.api.backend.settings;
    const found: { where: string; bytes: Buffer }[] = [];
    for (const path of await filesIn(dataDir))
      found.push({ where: relative(dataDir, path), bytes: await readFile(path) });
    for (const [table, rows] of Object.entries(await this.rows()))
      found.push({ where: `table ${table}`, bytes: Buffer.from(rows.join('\n')) });
    return found;
  }

  copy(name: string): Promise<Copy> {
    return copyOf(this.api, name);
  }
}

/** A backup, and the one thing that is in no backup. */
export interface Copy {
  archive: string;
  referralKeys: Buffer | undefined;
}

export async function copyOf({ backend }: Pick<TestApi, 'backend'>, name: string): Promise<Copy> {
  const { settings } = backend;
  const { dataDir, personKeysFile, referralKeyFile } = settings;
  const archive = join(dataDir, `${name}.tar.gz`);
  await backup(backend, archive, { passphrase: PASSPHRASE });
  await copyFile(personKeysFile, join(dataDir, 'person-keys.tar.gz'));
  const referralKeys = existsSync(referralKeyFile) ? plainKeys(referralKeyFile, MasterKey.of(settings)) : undefined;
  return { archive, referralKeys };
}

async function told(response: Response) {
  const heads = [...response.headers].filter(([name]) => !OF_THE_LINE.has(name)).sort();
  return { status: response.status, heads, body: await response.clone().text() };
}

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** What is new each time, by its length alone: sealed texts, and the salts of passwords. */
const unsealed = (_: string, value: unknown): unknown =>
  typeof value === 'string' && /^(k\d+:|\$argon2id)/.test(value) ? `sealed, ${value.length} letters` : value;
