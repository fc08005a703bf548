import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { buildSchema } from 'graphql';
import { FixedChance } from './fixed-chance.js';
import type { Recipe } from './double-click-recipes.js';
import type { Person } from './test-api.js';
import type { Said, World as WorldType } from './world.js';

const full = process.env.PROOF === 'full';
/** How many people the branch knows. */
const PEOPLE = full ? 40 : 6;
jest.setTimeout(full ? 3_600_000 : 300_000);

const chance = new FixedChance();
chance.begin();
chance.name('the world before', 0);
// From here on: what is loaded now draws by the names of the steps.
const { ModulesContainer } = await import('@nestjs/core');
const { Role } = await import('@app/access');
const { newId, projectRoot, SYSTEM } = await import('@app/platform');
const { newEnrolments, newNationalId } = await import('@app/testing');
const { CourseRun, CourseRunStatus, Enrolment, EnrolmentStatus, ExamPart, ExamResult, Trainee } =
  await import('@app/training');
const { CertificateBatch } = await import('@app/certification');
const { DocumentState, StoredDocument } = await import('@app/documents');
const { recipes: changes } = await import('./double-click-recipes.js');
const { recipes: reads } = await import('./reads-recipes.js');
const { mutationText, readingText } = await import('./operation-text.js');
const { PASSWORD, Stage } = await import('./stage.js');
const { TestApi } = await import('./test-api.js');
const { copyOf, World } = await import('./world.js');

/** What stands in the secret and nowhere else. */
const CANARIES = ['زندان‌قصر', 'پرونده‌هشتادوهشت', 'ناشناس‌زاده', '0012345679'];
const [REASON, FILE, STRANGER, STRANGERS_ID] = CANARIES as [string, string, string, string];
/** The association's own tables. */
const BEHIND = ['association_branch', 'referral', 'sponsorship'];

const schema = buildSchema(readFileSync(`${projectRoot}/schema.graphql`, 'utf8'));
const queries = Object.values(schema.getQueryType()?.getFields() ?? {});
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const subscriptions = Object.values(schema.getSubscriptionType()?.getFields() ?? {});

/** One operation that somebody tries. */
interface Try {
  step: string;
  by: Person;
  query: string;
  variables: object;
  follows?: boolean;
}

describe('what the association knows', () => {
  const before = new TestApi(0);
  const stage = new Stage(before, 'scene');
  const tries: Try[] = [];
  const worlds: WorldType[] = [];
  /** What was counted in each world while everything was tried, and while the branch was at work. */
  const figures = new Map<WorldType, string[]>();
  let figuresOfTheBranch: string[];
  /** The same people, whom the branch sent; of whom nothing is known; who pay themselves. */
  let sponsored: WorldType;
  let unknown: WorldType;
  let paying: WorldType;
  let people: { nationalId: string; enrolmentIds: Record<'open' | 'exam', string> }[];
  let runs: Record<'open' | 'exam', { id: string; sessions: { id: string }[] }>;

  beforeAll(async () => {
    await before.open();
    await stage.set();
    await setScene();
    await prepareTries();
    const copy = await copyOf(before, 'before');
    sponsored = await world('sponsored', copy);
    paying = await world('paying', copy);
    figuresOfTheBranch = await sponsored.figuresOf(async () => {
      await refer(sponsored);
      await act(sponsored, sponsoredToken);
    });
    await act(paying, paidToken);
    await followTheirs();
    unknown = await world('unknown', await sponsored.copy('sponsored'));
    for (const table of ['sponsorship', 'referral']) await unknown.api.backend.dataSource.query(`DELETE FROM ${table}`);
    for (const one of worlds) figures.set(one, await one.figuresOf(() => tryAll(one)));
  });
  afterAll(async () => {
    for (const one of worlds) await one.api.close();
    await before.close();
    chance.end();
  });

  const world = async (name: string, copy: Awaited<ReturnType<typeof copyOf>>) => {
    const made = await World.from(name, chance, copy);
    worlds.push(made);
    return made;
  };

  /** Two runs with the same people, and a classmate whom nobody sends and who has not settled. */
  async function setScene() {
    const { database } = before.backend;
    const { RUNNING } = CourseRunStatus;
    runs = { open: await stage.run(RUNNING), exam: await stage.run(RUNNING) };
    const first = await newEnrolments(before.backend, runs.open, PEOPLE);
    const again = await database.write(SYSTEM, async (tx) => {
      const row = { runId: runs.exam.id, status: EnrolmentStatus.ENROLLED, enrolledAt: new Date(), settled: false };
      const names = { nationalId: newNationalId(), givenName: 'زهرا', familyName: 'همکلاسی' };
      const rest = { fatherName: null, birthDay: null, mobile: null, mobileIndex: null, createdAt: new Date() };
      await tx.insert(Trainee, { id: stage.graduateId, nationalIdIndex: stage.graduateId, ...names, ...rest });
      await tx.insert(Enrolment, { ...row, runId: runs.open.id, traineeId: stage.graduateId });
      await tx.execute('UPDATE course_run SET seatsTaken = ? WHERE id = ?', [PEOPLE + 1, runs.open.id]);
      await tx.execute('UPDATE course_run SET seatsTaken = ? WHERE id = ?', [PEOPLE, runs.exam.id]);
      return tx.insertAll(
        Enrolment,
        first.map(({ traineeId }) => ({ ...row, traineeId })),
      );
    });
    await database.write(SYSTEM, (tx) =>
      tx.insertAll(
        ExamResult,
        again.flatMap(({ id: enrolmentId }) =>
          Object.values(ExamPart).map((part) => ({
            ...{ runId: runs.exam.id, enrolmentId, part, tryNumber: 1, absent: false, markHundredths: 8500 },
            ...{ satOn: stage.today, enteredBy: stage.place.assessor.userId, enteredAt: new Date() },
          })),
        ),
      ),
    );
    people = await database.read((tx) =>
      Promise.all(
        first.map(async ({ id, traineeId }, n) => {
          const { nationalId } = await tx.get(Trainee, { id: traineeId });
          return { nationalId, enrolmentIds: { open: id, exam: again[n]?.id ?? '' } };
        }),
      ),
    );
  }

  /** Who has no right to the secret: everyone but the people of that branch; those of another one too. */
  async function strangers(): Promise<Map<string, Person>> {
    const own: string[] = [Role.ASSOCIATION_MANAGER, Role.CASE_WORKER];
    const all = new Map<string, Person>([['nobody', before.nobody]]);
    for (const role of Object.values(Role)) if (!own.includes(role)) all.set(role, await stage.person(role));
    const other = new Stage(before, 'elsewhere');
    await other.set({ provinceCode: '26' });
    for (const role of [Role.ASSOCIATION_MANAGER, Role.CASE_WORKER]) all.set(`other ${role}`, await other.person(role));
    return all;
  }

  const isBranch = (role: string | undefined) => role === Role.ASSOCIATION_MANAGER || role === Role.CASE_WORKER;

  let everyone: Map<string, Person>;

  /** Every operation of the schema with what it may be asked, made ready before the worlds part. */
  async function prepareTries() {
    everyone = await strangers();
    const made = new Map<string, { variables: object; by: Person }>();
    const some = new Map([...everyone].filter(([who]) => full || ['INSTITUTE_MANAGER', 'TRAINER'].includes(who)));
    const add = (
      name: string,
      whose: ReadonlyMap<string, Person>,
      query: string,
      variables: object,
      follows = false,
    ) => {
      for (const [who, by] of whose) tries.push({ step: `${name} as ${who}`, by, query, variables, follows });
    };

    for (const field of queries) {
      const recipe = reads[field.name];
      let variables: object = field.name === 'storedDocument' ? { id: newId() } : {};
      if (recipe && field.name !== 'looksAtMe') {
        const own = new Stage(before, field.name);
        await own.set(recipe.place?.(1));
        const by = await own.person(recipe.by);
        variables = await recipe.make(own, 1, by);
        const query = readingText(field, variables);
        if (!isBranch(recipe.by)) add(field.name, new Map([['who may', by]]), query, variables);
        made.set(field.name, { variables, by });
      }
      add(field.name, everyone, readingText(field, variables), variables);
    }
    for (const field of mutations) {
      const recipe = changes[field.name];
      if (!recipe) throw new Error(`No recipe for ${field.name}`);
      const by = await callerOf(recipe);
      const variables = await recipe.variables(stage, by);
      const query = mutationText(field);
      if (!isBranch(recipe.by)) add(field.name, new Map([['who may', by]]), query, variables);
      if (!recipe.endsSession) add(field.name, some, query, variables);
    }
    for (const field of subscriptions) {
      const text = readingText(field, { id: newId() }, 'subscription');
      add(field.name, some, text, { id: newId() }, true);
      // Of one that is there and done: following it comes to its end.
      const { variables, by } = made.get(field.name.replace(/Progress$/, '')) ?? {};
      if (variables && by) add(`${field.name} of one`, new Map([['who may', by], ...everyone]), text, variables, true);
    }

    // The people themselves, in everything that shows or changes them.
    const [one, two] = people;
    const about: [string, object][] = [
      ...(['open', 'exam'] as const).flatMap((run): [string, object][] => [
        ['courseRun', { id: runs[run].id }],
        ['attendanceSheet', { sessionId: runs[run].sessions[0]?.id }],
        ['examSheet', { runId: runs[run].id }],
        ['certificateCandidates', { runId: runs[run].id }],
        ['newestCertificateBatch', { runId: runs[run].id }],
        ['runPapers', { runId: runs[run].id }],
      ]),
      ['looksAtMe', { first: 100 }],
      ['revealPerson', { input: { enrolmentId: one?.enrolmentIds.open, purpose: 'برای بیمهٔ حادثه' } }],
      ['settleSeat', { input: { enrolmentId: one?.enrolmentIds.open, code: '0000-0000-0000-0000-0' } }],
      ['withdrawEnrolment', { input: { enrolmentId: two?.enrolmentIds.open } }],
      ['settleSeat', { input: { enrolmentId: two?.enrolmentIds.open, code: '0000-0000-0000-0000-0' } }],
      ['takeBackSeatToken', { input: { code: '0000-0000-0000-0000-0' } }],
      ['courseRuns', { first: 100 }],
    ];
    for (const [n, [name, variables]] of about.entries()) {
      const query = queries.find((field) => field.name === name);
      const mutation = mutations.find((field) => field.name === name);
      const text = query ? readingText(query, variables) : mutation ? mutationText(mutation) : '';
      add(`${n + 1}. ${name} of theirs`, everyone, text, variables);
    }
  }

  /** What the life of the runs has left, followed by everyone: the ids are the same in every world. */
  async function followTheirs() {
    const { batches, documents } = await sponsored.api.backend.database.read(async (tx) => ({
      batches: await tx.repo(CertificateBatch).findBy({ runId: runs.exam.id }),
      documents: await tx.repo(StoredDocument).find({ where: { state: DocumentState.READY }, order: { id: 'ASC' } }),
    }));
    expect(batches).toHaveLength(1);
    expect(documents.length).toBeGreaterThan(3);
    const followed = { certificateBatchProgress: batches, documentProgress: documents.slice(0, full ? 20 : 4) };
    for (const [name, rows] of Object.entries(followed))
      for (const [n, { id }] of rows.entries())
        for (const [who, by] of everyone) {
          const field = subscriptions.find((one) => one.name === name) as never;
          const query = readingText(field, { id }, 'subscription');
          tries.push({ step: `${name} of theirs ${n} as ${who}`, by, query, variables: { id }, follows: true });
        }
  }

  const callerOf = async ({ by, endsSession, device, caller }: Recipe): Promise<Person> => {
    if (caller) return caller(stage);
    if (!by) return before.nobody;
    if (device) return stage.device(await stage.other(by));
    if (endsSession) return before.nobody.signIn(await stage.account([by, Role.COUNTY_OFFICER]), PASSWORD);
    return stage.person(by);
  };

  const answered = async <T>(response: Response): Promise<T> => {
    const { data, errors } = (await response.json()) as { data?: T; errors?: unknown };
    if (errors || !data) throw new Error(JSON.stringify(errors));
    return data;
  };

  const referralIds = new Map<number, string>();
  /** The branch sends the people, and one more whom nobody else has ever heard of. */
  async function refer(at: WorldType) {
    const caseWorker = await stage.person(Role.CASE_WORKER);
    const text = 'mutation ($input: ReferPersonInput!) { referPerson(input: $input) { ... on ReferredPerson { id } } }';
    const known = { familyFile: FILE, familyTie: 'SPOUSE', eligibilityReason: REASON };
    const sent = [...people.map(({ nationalId }) => nationalId), STRANGERS_ID];
    for (const [n, nationalId] of sent.entries()) {
      const familyName = nationalId === STRANGERS_ID ? STRANGER : 'رضایی';
      const input = { nationalId, givenName: 'زهرا', familyName, ...known };
      const response = await at.ask(`secret: refer ${n}`, 100 + n, caseWorker, text, { input });
      const { referPerson } = await answered<{ referPerson: { id: string } }>(response);
      referralIds.set(n, referPerson.id);
    }
  }
  async function sponsoredToken(at: WorldType, step: string, time: number, n: number, runId: string) {
    const caseWorker = await stage.person(Role.CASE_WORKER);
    const text = 'mutation ($input: GiveSeatInput!) { giveSeat(input: $input) { ... on GivenSeat { code } } }';
    const input = { referralId: referralIds.get(n), runId };
    const given = await at.ask(step, time, caseWorker, text, { input });
    return (await answered<{ giveSeat: { code: string } }>(given)).giveSeat.code;
  }
  async function paidToken(at: WorldType, step: string, time: number, _: number, runId: string) {
    const officer = await stage.person(Role.COUNTY_OFFICER);
    const text =
      'mutation ($input: GiveSeatTokenInput!) { giveSeatToken(input: $input) { ... on GivenSeatToken { code } } }';
    const given = await at.ask(step, time, officer, text, { input: { runId } });
    return (await answered<{ giveSeatToken: { code: string } }>(given)).giveSeatToken.code;
  }

  /** The life of both runs: seats are settled, papers drawn, one run ends with certificates. */
  async function act(at: WorldType, tokenFrom: typeof paidToken) {
    let time = 1000;
    const officer = await stage.person(Role.COUNTY_OFFICER);
    const manager = await stage.person(Role.INSTITUTE_MANAGER);
    const change = (name: string) => mutationText(mutations.find((field) => field.name === name) as never);
    for (const [n, { enrolmentIds }] of people.entries())
      for (const run of ['open', 'exam'] as const) {
        const code = await tokenFrom(at, `secret: token ${n} ${run}`, time++, n, runs[run].id);
        const input = { enrolmentId: enrolmentIds[run], code };
        const settled = await at.ask(`settle ${n} ${run}`, time++, manager, change('settleSeat'), { input });
        expect(await answered(settled)).toMatchObject({ settleSeat: { settled: true } });
      }
    const papers = ['ATTENDANCE_SHEET', 'CLASS_LIST'];
    for (const kind of papers) {
      const input = { runId: runs.open.id, kind };
      await answered(await at.ask(`order ${kind}`, time++, manager, change('orderPaper'), { input }));
    }
    const report = { input: { runId: runs.open.id } };
    await at.ask('order the report', time++, manager, change('requestAttendanceReport'), report);
    await at.api.backend.database.write(SYSTEM, (tx) =>
      tx.update(CourseRun, { id: runs.exam.id }, { status: CourseRunStatus.FINISHED }),
    );
    const issue = { input: { runId: runs.exam.id } };
    await answered(await at.ask('issue', time++, officer, change('issueCertificates'), issue));
    // What is issued is drawn by a job of its own.
    for (const round of [1, 2]) await at.work(`jobs ${round}`, time++);
    const documents = await at.api.backend.database.read((tx) =>
      tx.repo(StoredDocument).find({ order: { kind: 'ASC', fileName: 'ASC' } }),
    );
    for (const [n, { id, kind }] of documents.entries()) {
      const by = kind === 'CERTIFICATE' ? officer : manager;
      const link = await at.ask(`open ${kind} ${n}`, time++, by, change('openDocument'), { id });
      const { data } = (await link.json()) as { data: { openDocument: { url: string } } | null };
      // Of another run than these: not theirs to open.
      if (!data) continue;
      const bytes = async (response: Response) => ({
        heads: [response.headers.get('content-disposition'), response.headers.get('content-type')],
        bytes: Buffer.from(await response.arrayBuffer()).toString('base64'),
      });
      await at.step(`download ${kind} ${n}`, time++, () => by.at(at.api.url).get(data.openDocument.url), bytes);
    }
  }

  async function tryAll(at: WorldType) {
    let time = 3000;
    for (const { step, by, query, variables, follows } of tries) {
      time += 2;
      if (follows) {
        const follow = () =>
          by
            .at(at.api.url)
            .follow(query, { ...variables })
            .catch((error: Error) => error.message);
        await at.step(step, time, follow, (told) => told);
      } else await at.ask(step, time, by, query, variables);
    }
    await at.work('the jobs that all of it left', time + 2);
  }

  /** The steps that differ between two worlds, among those that both have done. */
  const differences = (one: WorldType, other: WorldType, among: (said: Said) => boolean = () => true) => {
    const said = new Map(other.said.map((each) => [each.step, each]));
    const compared = one.said.filter((each) => said.has(each.step) && !each.step.startsWith('secret') && among(each));
    const differ = compared.filter(({ step, answer, statements }) => {
      const there = said.get(step);
      if (there?.answer !== answer) return true;
      // Nobody waits for a job, and one that draws looks now and then, by the real clock, whether it was cancelled.
      return !/^(the )?jobs/.test(step) && there.statements.join('\n') !== statements.join('\n');
    });
    const shown = differ.slice(0, 3).map(({ step, answer }) => shownDifference(step, answer, said.get(step)?.answer));
    return { compared: compared.length, differ: differ.map(({ step }) => step), shown };
  };
  const shownDifference = (step: string, one: string, other = '') => {
    let at = 0;
    while (at < one.length && one[at] === other[at]) at++;
    return `${step}: …${one.slice(Math.max(0, at - 80), at + 80)}… | …${other.slice(Math.max(0, at - 80), at + 80)}…`;
  };

  it('two worlds: every answer to everyone without the right is the same, known or not, to the byte', () => {
    const { compared, ...found } = differences(sponsored, unknown);
    process.stdout.write(`worlds: ${PEOPLE} people, ${compared} answers of ${tries.length} tries compared\n`);
    expect(found).toEqual({ differ: [], shown: [] });
    expect(compared).toBe(unknown.said.length);
    const names = new Set(tries.map(({ step }) => step.split(' as ')[0]));
    for (const { name } of [...queries, ...mutations, ...subscriptions]) expect(names).toContain(name);
    // Not all of it was turned away.
    const well = unknown.said.filter(({ step, answer }) => step.includes('who may') && !answer.includes('"errors'));
    expect(well.length).toBeGreaterThan(60);
    const followed = unknown.said.filter(
      ({ step, answer }) => /Progress of (one|theirs)/.test(step) && answer.startsWith('[{'),
    );
    expect(new Set(followed.map(({ step }) => step.split(' ')[0])).size).toBe(subscriptions.length);
  });

  it('two worlds: log lines, figures, files and rows are the same too', async () => {
    const since = sponsored.lines.slice(sponsored.lines.length - unknown.lines.length);
    expect(since).toEqual(unknown.lines);
    expect(figures.get(sponsored)).toEqual(figures.get(unknown));
    expect(figures.get(unknown)?.length).toBeGreaterThan(60);
    // Nor is it counted that the branch was at work.
    const counted = [...figuresOfTheBranch, ...(figures.get(sponsored) ?? [])].join('\n');
    expect(counted).toContain('"settleSeat"');
    expect(counted).not.toMatch(/"(referrals?|referPerson|giveSeat|takeBackSeat|openSeats)"/);
    expect(await sponsored.files()).toEqual(await unknown.files());
    const rows = await sponsored.rows([...BEHIND, 'job', 'rate_window']);
    expect(rows).toEqual(await unknown.rows([...BEHIND, 'job', 'rate_window']));
    expect(Object.keys(rows).length).toBeGreaterThan(40);
  });

  it('third world: sponsored and paying themselves look alike to the institute, its trainer and their classmates', () => {
    const near =
      / as (INSTITUTE_MANAGER|TRAINER|GRADUATE|nobody|EMPLOYER)$|^(settle|order|jobs|download|open|the jobs)/;
    const { compared, ...found } = differences(sponsored, paying, ({ step }) => near.test(step));
    process.stdout.write(`third world: ${compared} answers compared\n`);
    expect(found).toEqual({ differ: [], shown: [] });
    expect(compared).toBeGreaterThan(100);
    // To the offices too: no total tells the two apart, so none needs five people.
    expect(differences(sponsored, paying).differ).toEqual([]);
  });

  it('third world: what training keeps is the same, row by row, and so are its files', async () => {
    expect(await sponsored.files()).toEqual(await paying.files());
    // Who gave the tokens is in the trail and under the keys of their calls.
    const own = [...BEHIND, 'business_event', 'event_link', 'event_chain', 'idempotency_key', 'job', 'rate_window'];
    // A backup was made of one of them only, and draws keys.
    const apart = ['sign_in_session', 'person_key'];
    const left = await sponsored.rows([...own, ...apart]);
    expect(left).toEqual(await paying.rows([...own, ...apart]));
    for (const table of ['enrolment', 'seat_token', 'trainee', 'certificate', 'stored_document'])
      expect(Object.keys(left)).toContain(table);
  });

  it('stands in the clear nowhere: not in answers, logs, files, rows, Redis or the backup', async () => {
    const { archive } = await sponsored.copy('search');
    const places = [
      ...(await sponsored.everythingKept()),
      ...(await inRedis(sponsored)),
      { where: 'the backup, unpacked', bytes: gunzipSync(readFileSync(archive)) },
      { where: 'the log', bytes: Buffer.from(sponsored.lines.join('\n')) },
      { where: 'answers', bytes: Buffer.from(outside(sponsored)) },
    ];
    const hits = places.flatMap(({ where, bytes }) =>
      CANARIES.filter((canary) => forms(canary).some((form) => bytes.includes(form))).map((canary) => [where, canary]),
    );
    process.stdout.write(`canaries: ${places.length} places searched, ${hits.length} hits\n`);
    expect(hits).toEqual([]);
    // The search finds what is there: the branch itself is told.
    const told = await answered(
      await sponsored.ask(
        ...(['secret: look', 9000, await stage.person(Role.CASE_WORKER)] as const),
        '{ referrals(first: 100) { items { familyName } } }',
        {},
      ),
    );
    expect(JSON.stringify(told)).toContain(STRANGER);
  });
  const inRedis = async ({ api }: WorldType) => {
    const { REDIS_URL, REDIS_PREFIX } = api.backend.settings;
    if (!REDIS_URL) return [];
    const { Redis } = await import('ioredis');
    const redis = new Redis(REDIS_URL);
    const keys = await redis.keys(`*${REDIS_PREFIX}*`);
    const dumps = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
    redis.disconnect();
    return keys.map((key, n) => ({
      where: `redis ${key}`,
      bytes: Buffer.concat([Buffer.from(key), dumps[n] ?? Buffer.alloc(0)]),
    }));
  };
  const outside = ({ said }: WorldType) =>
    said
      .filter(({ step }) => !step.startsWith('secret'))
      .map(({ answer }) => answer)
      .join('\n');
  const forms = (text: string) => [
    Buffer.from(text),
    Buffer.from(JSON.stringify(text).slice(1, -1)),
    Buffer.from(text, 'utf16le'),
    Buffer.from(encodeURIComponent(text)),
  ];

  describe('the control: a leak is seen when it is', () => {
    interface Page {
      capacity: number;
      enrolments: { maskedFatherName: string | null }[];
    }
    type Leak = (page: Page, at: WorldType) => unknown;
    const leaks: [string, Leak][] = [
      ['a fee', (page) => (page.capacity += 1)],
      ['an order', ({ enrolments }) => enrolments.reverse()],
      ['a null', ({ enrolments }) => enrolments.forEach((one) => (one.maskedFatherName = null))],
      ['a log line', (_, { api }) => api.backend.log.info({}, 'this seat costs nothing')],
      ['a statement, which takes its time', (_, { api }) => api.backend.dataSource.query('SELECT 1')],
    ];
    it.each(leaks)('%s', async (name, leak) => {
      const seen: string[] = [];
      for (const at of [sponsored, unknown]) {
        const service = providerNamed(at, 'CourseRunPageService');
        const get = service.get.bind(service);
        service.get = async (...asked) => {
          const page = await get(...asked);
          const [{ n }] = (await at.api.backend.dataSource.query('SELECT COUNT(*) AS n FROM sponsorship')) as [
            { n: number },
          ];
          if (Number(n) > 0) await leak(page, at);
          return page;
        };
        const from = at.lines.length;
        const query = readingText(queries.find((field) => field.name === 'courseRun') as never, { id: '' });
        await at.ask(`leak ${name}`, 9500, await stage.person(Role.INSTITUTE_MANAGER), query, { id: runs.open.id });
        service.get = get;
        seen.push(JSON.stringify(at.lines.slice(from)));
      }
      const inAnswer = differences(sponsored, unknown, ({ step }) => step === `leak ${name}`).differ.length > 0;
      expect(inAnswer || seen[0] !== seen[1]).toBe(true);
    });

    const providerNamed = ({ api }: WorldType, name: string) => {
      for (const module of api.app.get(ModulesContainer).values())
        for (const provider of module.providers.values())
          if (provider.name === name) return provider.instance as { get(...asked: unknown[]): Promise<Page> };
      throw new Error(`No ${name}`);
    };
  });
});
