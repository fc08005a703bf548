// What every bench stands on: a database of its own, the built API over it, someone who has signed in, and a clock.
import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { mainOf } from '../../tooling/build.mjs';
import { figureOf, median } from '../../tooling/figures.mjs';
import { freePort } from '../../tooling/servers.mjs';

/** A lib of the built API: the bench and the API are of one build. */
export const lib = (name) => import(join(dirname(mainOf('api')), '../../../libs', name, 'src/index.js'));

const { Role, RoleGrant, SignInSession, UserAccount } = await lib('access');
const { openBackend } = await lib('backend');
const { readSettings, SYSTEM } = await lib('platform');
const training = await lib('training');
const { searchForm, sortKey } = await lib('persian');

/**
 * Opens the stage: an empty database, the API over it as it runs in production, a place where courses are held, and our
 * own way into all of it. Jobs are left to a worker that is not there, so that nothing else runs. The API answers the
 * texts given here, and no others.
 */
export async function openStage(...documents) {
  const folder = mkdtempSync(join(tmpdir(), 'maharat-bench-'));
  const name = `bench-${randomBytes(6).toString('hex')}`;
  const server = await mysql.createConnection(driverUrl(given('TEST_DATABASE_URL')));
  await server.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const env = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://bench.example',
    MASTER_KEY: randomBytes(32).toString('base64'),
    DATABASE_URL: new URL(name, given('TEST_DATABASE_URL')).href,
    REDIS_URL: given('TEST_REDIS_URL'),
    REDIS_PREFIX: name,
    DATA_DIR: folder,
    LOG_LEVEL: 'warn',
    NIGHTLY_BACKUP: 'off',
    TRUSTED_DOCUMENTS: join(folder, 'documents.json'),
    ...{ RATE_PER_ADDRESS: '100000000', RATE_PER_ACCOUNT: '100000000' },
  };
  writeFileSync(env.TRUSTED_DOCUMENTS, JSON.stringify(documents));
  const api = await startServer(mainOf('api'), env, '/health/ready');
  const backend = await openBackend(readSettings(env), 'bench');
  return {
    env,
    backend,
    api,
    place: await newPlace(backend),
    async close() {
      await api.stop();
      await backend.close();
      await server.query(`DROP DATABASE \`${name}\``);
      await server.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const driverUrl = (url) => url.replace('mariadb:', 'mysql:');

/** Connections as the product opens them: the same isolation, the same durability. */
export function openPool(url, connectionLimit) {
  const pool = mysql.createPool({ uri: driverUrl(url), connectionLimit, timezone: 'Z' });
  pool.on('connection', (connection) => connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'));
  return pool;
}

/**
 * Starts a server of ours in its own process, so that its CPU time is told apart from that of the bench. With
 * BENCH_PROFILE=FOLDER in the environment it leaves a CPU profile there, for Chromium's tools. Flags are those of Node.
 */
export async function startServer(file, env, path, flags = []) {
  const port = await freePort();
  const { BENCH_PROFILE } = process.env;
  const profile = BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${BENCH_PROFILE}`] : [];
  const child = spawn(process.execPath, [...profile, ...flags, file], {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const server = {
    pid: child.pid,
    send: (options, body) => send(agent, { port, ...options }, body),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      agent.destroy();
      child.kill('SIGTERM');
      await ended;
      process.off('exit', end);
    },
  };
  for (const deadline = Date.now() + 120_000; ; await wait(200)) {
    const answer = await server.send({ path }).catch(() => undefined);
    if (answer?.status === 200) return server;
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${file} did not start`);
  }
}

function send(agent, options, body) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', agent, ...options }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() }),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Opens a session in a role; what is returned sends GraphQL under it and gives the answer's text. */
export async function signedIn({ api, backend, place }, role) {
  const token = randomBytes(32).toString('base64url');
  const now = backend.clock.now();
  await backend.database.write(SYSTEM, async (tx) => {
    const { id: userId } = await tx.insert(UserAccount, {
      userName: `bench-${randomBytes(5).toString('hex')}`,
      displayName: 'سنجش',
      passwordHash: '',
      disabled: false,
      createdAt: now,
      graceFrom: null,
    });
    const { id: grantId } = await tx.insert(RoleGrant, { userId, role: Role[role], ...place.bounds[role] });
    await tx.insert(SignInSession, {
      tokenHash: createHash('sha256').update(token).digest('hex'),
      userId,
      grantId,
      ...{ kind: 'BROWSER', name: null, scopes: null, retiredAt: null, familyId: null, replacesId: null },
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + 3_600_000),
    });
  });
  const headers = { 'content-type': 'application/json', cookie: `__Host-session=${token}` };
  return async (query, variables) => {
    const answer = await api.send(
      { path: '/graphql', method: 'POST', headers: { ...headers, 'idempotency-key': randomBytes(12).toString('hex') } },
      JSON.stringify({ query, variables }),
    );
    if (answer.status !== 200 || answer.text.includes('"errors"')) throw new Error(answer.text);
    return answer.text;
  };
}

/** An institute with a room, a trainer and a standard to teach, and what bounds the roles that act there. */
function newPlace({ database, keys, clock }) {
  return database.write(SYSTEM, async (tx) => {
    const office = await tx.get(training.Office, { kind: training.OfficeKind.COUNTY, countyCode: '2603' });
    const version = await tx.get(training.TrainingStandardVersion, {});
    const [rules, absence] = [await tx.get(training.ExamRules, {}), await tx.get(training.AttendanceRules, {})];
    const { id: officeId, provinceCode } = office;
    const name = 'آموزشگاه قالی‌بافی نقش مینودر';
    const id = randomUUID();
    const path = `/${provinceCode}/${officeId}/${id}/`;
    const institute = await tx.insert(training.Institute, {
      ...{ id, path },
      ...{ officeId, provinceCode, name, searchName: searchForm(name), sortKey: sortKey(name) },
      licenceNumber: 'BENCH-1',
      licenceType: training.LicenceType.ALEF,
      licensedFields: [training.TrainingField.CARPET],
      licenceIssuedOn: '2024-03-20',
      licenceExpiresOn: '2099-03-19',
      closedWeekdays: null,
    });
    const room = await tx.insert(training.Room, { instituteId: institute.id, name: 'کارگاه ۱', capacity: 1000 });
    const nationalId = newNationalId();
    const trainer = await tx.insert(training.Trainer, {
      ...{ provinceCode, givenName: 'مریم', familyName: 'قاسمی', nationalId },
      searchName: searchForm('مریم قاسمی'),
      sortKey: sortKey('قاسمی مریم'),
      nationalIdIndex: keys.blindIndex('nationalId', nationalId),
      cardExpiresOn: '2099-03-19',
    });
    const none = { instituteId: null, trainerId: null, branchId: null, traineeId: null };
    return {
      today: clock.today(),
      bounds: {
        COUNTY_OFFICER: { ...none, provinceCode, officeId },
        INSTITUTE_MANAGER: { ...none, provinceCode, officeId, instituteId: institute.id },
        TRAINER: { ...none, provinceCode, officeId: null, trainerId: trainer.id },
      },
      ofRun: {
        ...{ provinceCode, path, officeId, instituteId: institute.id, roomId: room.id, trainerId: trainer.id },
        standardId: version.standardId,
        standardVersionId: version.id,
        examRulesId: rules.id,
        attendanceRulesId: absence.id,
      },
    };
  });
}

/** A course run of that place with its sessions, each of an hour today, and people who have a seat in it. */
export function newRun({ backend, place }, { sessions, people, capacity = people, ...columns }) {
  const { database, keys, clock } = backend;
  const { today, ofRun } = place;
  return database.write(SYSTEM, async (tx) => {
    const run = await tx.insert(training.CourseRun, {
      ...ofRun,
      number: `BENCH-${randomBytes(5).toString('hex')}`,
      status: training.CourseRunStatus.RUNNING,
      ...{ capacity, seatsTaken: people, plannedMinutes: sessions * 60 },
      ...{ startsOn: today, endsOn: today, enrolmentClosesOn: today, cancelReason: null, demo: true },
      ...columns,
    });
    const { id: runId, roomId, trainerId } = run;
    const held = await tx.insertAll(
      training.Session,
      many(sessions, (i) => ({
        ...{ runId, roomId, trainerId, ordinal: i + 1, day: today, startMinute: 480, endMinute: 540 },
        status: training.SessionStatus.PLANNED,
      })),
    );
    const trainees = await tx.insertAll(
      training.Trainee,
      many(people, () => {
        const nationalId = newNationalId();
        return {
          ...{ nationalId, nationalIdIndex: keys.blindIndex('nationalId', nationalId), ...newName() },
          ...{ fatherName: 'غلام‌رضا', birthDay: '1990-01-01', mobile: '09120000000', createdAt: clock.now() },
        };
      }),
    );
    const enrolments = await tx.insertAll(
      training.Enrolment,
      trainees.map(({ id: traineeId }) => ({
        ...{ runId, traineeId, status: training.EnrolmentStatus.ENROLLED, enrolledAt: clock.now(), settled: false },
      })),
    );
    return { runId, sessionIds: held.map(({ id }) => id), enrolmentIds: enrolments.map(({ id }) => id) };
  });
}

export const many = (count, make = (i) => i) => Array.from({ length: count }, (_, i) => make(i));

let made = 0;

/** A made-up national ID that no other call has given, with the right check digit. */
export function newNationalId() {
  const nine = String(100_000_000 + made++);
  const sum = [...nine].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0) % 11;
  return nine + String(sum < 2 ? sum : 11 - sum);
}

const givenNames = ['زهرا', 'مریم', 'پری‌ناز', 'گل‌اندام', 'آذر', 'ژاله', 'چمن‌آرا'];
const familyNames = ['رضایی', 'گیلانی', 'پورمحمدی', 'آقاجانی', 'هاشم‌زاده', 'یوسفی', 'کاظمی', 'قاسمی', 'ثابتی'];
export const newName = () => ({
  givenName: givenNames[made % givenNames.length],
  familyName: `${familyNames[made % familyNames.length]} ${familyNames[(made * 5) % familyNames.length]}`,
});

/** Does the work for each item, so many at a time. */
export async function inParallel(atOnce, items, work) {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}

/**
 * Measures limit and ours in turn, so many rounds, each round with its own input, and prints the figure of their
 * medians. Three rounds before them warm up and are not counted.
 */
export async function measure({ name, goal, rounds, prepare, limit, ours }) {
  const measured = { limit: [], ours: [] };
  for (let round = -2; round <= rounds; round++) {
    const input = await prepare?.();
    // Ours comes first, so that the limit may take the very rows that ours has written.
    const one = { ours: await ours(input), limit: await limit(input) };
    process.stderr.write(`${name} ${round}: ours ${one.ours.toFixed(2)}, limit ${one.limit.toFixed(2)}\n`);
    if (round < 1) continue;
    measured.ours.push(one.ours);
    measured.limit.push(one.limit);
  }
  console.log(JSON.stringify(figureOf(name, median(measured.ours), median(measured.limit), goal)));
}

/** Milliseconds that some work takes by the clock. */
export async function elapsedMs(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Milliseconds of CPU that a process takes while some work is done; where the system does not tell, of the clock. */
export async function cpuMs(pid, work) {
  const before = spent(pid);
  const elapsed = await elapsedMs(work);
  return before === undefined ? elapsed : spent(pid) - before;
}

function spent(pid) {
  if (process.platform !== 'linux') return undefined;
  // After the name, which may hold spaces, user and system time are the 12th and 13th field, in hundredths of a second.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** @throws Error it is not in the environment: the bench was not started by `npm run bench` */
function given(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: start me by npm run bench`);
  return value;
}
