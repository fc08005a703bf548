import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { Role } from '@app/access';
import { newNationalId, newPlace, newRun } from '@app/testing';
import { BuiltProduct, FULL, type RedisServer, type RunningProcess, startRedis, until } from './built-product.js';
import { CertificateRun } from './certificate-run.js';
import type { Person } from './test-api.js';

const MANY = FULL ? 300 : 40;
/** In so many course runs: the papers of a block are one job, and several jobs must wait when the queue is lost. */
const RUNS = FULL ? 30 : 20;
/** Course runs of the control, with a certificate each: they take the first serials. */
const CONTROL = 12;
/** What the promise allows from the return of Redis to the last job. */
const HEALED_WITHIN_SECONDS = 60;

// Only jobs in processes of their own need a Redis that can be lost.
if (process.env.TEST_REDIS_URL) {
  describe(`${MANY} certificates of ${RUNS} runs whose queue is lost`, () => {
    let redis: RedisServer;
    let product: BuiltProduct;
    let api: RunningProcess;
    const flush = async () => {
      const connection = new Redis(redis.url);
      const lost = await connection.dbsize();
      await connection.flushall();
      connection.disconnect();
      return lost;
    };

    beforeAll(async () => {
      redis = await startRedis();
      product = await BuiltProduct.open(redis.url);
      api = await product.startApi();
    }, 300_000);
    afterAll(async () => {
      await product.close();
      await redis.stop();
    }, 30_000);

    it('would never end if the queue held the jobs (the control)', async () => {
      const [run, ...others] = await runsOf(product, api, CONTROL, 1);
      const { jobs } = product.backend;
      // A worker that only listens: it does not look into the table for what was not rung.
      jobs.sweep = async () => {};
      await jobs.start(1);
      for (const each of [run, ...others]) await each.order();
      await until(async () => (await run.drawn()) >= 2, 30, 'two papers are ready');
      await flush();
      await sleep(1_000);
      const left = await run.jobsLeft();
      await sleep(3_000);
      expect(left).toBeGreaterThan(5);
      expect(await run.jobsLeft()).toBe(left);
      await jobs.stop();

      const worker = await product.start('worker');
      await until(async () => (await run.jobsLeft()) === 0, HEALED_WITHIN_SECONDS, 'the sweep finds them');
      expect(await worker.stop()).toBe('code 0');
    }, 120_000);

    it('ends within a minute after FLUSHALL and after the return of a killed Redis, and changes are taken meanwhile', async () => {
      const [run, ...others] = await runsOf(product, api, RUNS, MANY / RUNS);
      const { manager, enrol } = await newcomer(product, api);
      const drawnBefore = await run.drawn();
      const drawn = async (share: number) => (await run.drawn()) - drawnBefore >= MANY * share;
      const worker = await product.start('worker');
      for (const each of [run, ...others]) await each.order();

      await until(() => drawn(0.2), 60, 'a fifth is ready');
      expect(await flush()).toBeGreaterThan(0);
      await until(() => drawn(0.5), HEALED_WITHIN_SECONDS, 'half is ready');

      await redis.kill();
      const away = Date.now();
      for (let n = 0; n < 5; n++) expect(await manager.do(...enrol())).toEqual(ENROLLED);
      expect((await manager.get('/health/live')).status).toBe(200);
      // A change never waits for the queue.
      expect(Date.now() - away).toBeLessThan(5_000);
      await sleep(FULL ? 10_000 : 2_000);
      expect(await drawn(1)).toBe(false);
      await redis.start();
      await until(async () => (await run.jobsLeft()) === 0, HEALED_WITHIN_SECONDS, 'no job is left');
      expect(await run.faults(CONTROL + MANY)).toEqual([]);
      expect(await manager.do(...enrol())).toEqual(ENROLLED);
      expect(worker.runs).toBe(true);
    }, 300_000);
  });
} else {
  it('has no queue outside the process that could be lost', () => expect(process.env.TEST_REDIS_URL).toBeUndefined());
}

/** Course runs in which everyone may be certified. */
async function runsOf(product: BuiltProduct, api: RunningProcess, runs: number, people: number) {
  const first = await CertificateRun.open(product, api, people);
  const all: [CertificateRun, ...CertificateRun[]] = [first];
  while (all.length < runs) all.push(await CertificateRun.open(product, api, people));
  return all;
}

const ENROLLED = { enrolTrainee: { __typename: 'Enrolment' } };

/** An institute manager who enrols people, as a change that has nothing to do with the batch. */
async function newcomer(product: BuiltProduct, api: RunningProcess) {
  const place = await newPlace(product.backend);
  const { id: runId } = await newRun(product.backend, place, { enrolmentClosesOn: '2099-12-31' });
  const manager: Person = await product.signedIn(api, 'manager', {
    role: Role.INSTITUTE_MANAGER,
    ...{ provinceCode: place.institute.provinceCode, officeId: place.county.id, instituteId: place.institute.id },
  });
  const enrol = (): [string, object] => [
    'mutation ($input: EnrolTraineeInput!) { enrolTrainee(input: $input) { __typename } }',
    { input: { runId, nationalId: newNationalId(), givenName: 'زهرا', familyName: 'رضایی' } },
  ];
  return { manager, enrol };
}
