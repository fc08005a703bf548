import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Certificate } from '@app/certification';
import { fileKey, StoredDocument } from '@app/documents';
import { SYSTEM } from '@app/platform';
import { BuiltProduct, FULL, type RunningProcess, seededRandom, until } from './built-product.js';
import { CertificateRun } from './certificate-run.js';

const SEED = 14050901;
/** A little over one block, so that there is a moment between two. */
const MANY = FULL ? 300 : 104;
/** Each named step of issuing and drawing, the later ones not at their first passing. */
const POINTS = [
  'issue.before-commit:kill',
  'issue.between-blocks:kill',
  'issue.after-blocks:kill',
  'draw.after-request:kill',
  'draw.before-store:kill:3',
  'draw.after-store:kill:5',
  'draw.after-commit:kill:4',
];

describe(`a batch of ${MANY} certificates whose worker is killed again and again`, () => {
  let product: BuiltProduct;
  let run: CertificateRun;
  let worker: RunningProcess;

  beforeAll(async () => {
    product = await BuiltProduct.open();
  }, 300_000);
  afterAll(() => product.close(), 30_000);

  it('goes on after a kill at each of its steps', async () => {
    const [first, ...others] = POINTS.map((FAILPOINT) => ({ FAILPOINT }));
    // The embedded API is the worker too, so the first point is armed before the order comes.
    const api = await product.startApi(product.worker === 'api' ? first : {});
    run = await CertificateRun.open(product, api, MANY);
    worker = product.worker === 'api' ? api : await product.start('worker', first);
    await run.order();
    expect(await worker.ended).toBe('SIGKILL');
    for (const point of others) {
      worker = await product.start(product.worker, point);
      expect([point, await worker.ended]).toEqual([point, 'SIGKILL']);
    }
  }, 300_000);

  it('goes on after kills at random moments', async () => {
    const random = seededRandom(SEED);
    const kills = FULL ? (product.worker === 'api' ? 10 : 30) : 4;
    const from = await run.drawn();
    // Moments told by how many papers are ready, so that each kill meets a worker at work on any machine; a fifth is left
    // for the papers that are drawn between the look and the kill.
    const moments = Array.from({ length: kills }, () => from + Math.floor(random() * (MANY * 0.8 - from)));
    for (const moment of moments.sort((a, b) => a - b)) {
      worker = await product.start(product.worker);
      const before = await run.drawn();
      await until(async () => (await run.drawn()) >= Math.max(moment, before + 1), 60, `${moment} papers are ready`);
      await sleep(random() * 40);
      expect(await worker.kill()).toBe('SIGKILL');
      expect(await run.drawn()).toBeLessThan(MANY);
    }
  }, 900_000);

  it('ends with every certificate once, no gap in the serials, and every paper whole', async () => {
    worker = await product.start(product.worker);
    await until(async () => (await run.jobsLeft()) === 0, 60, 'no job is left').catch(() => undefined);
    expect(await run.faults(MANY)).toEqual([]);
    expect(await worker.stop()).toBe('code 0');
  }, 90_000);

  it('would not be taken for whole with a paper changed or lost, or a number left out (the control)', async () => {
    const { database, files } = product.backend;
    const [changed, lost] = await database.read((tx) =>
      tx.repo(StoredDocument).find({ take: 2, order: { id: 'ASC' } }),
    );
    await files.put(fileKey(changed?.sha256 ?? ''), Buffer.from('%PDF-'));
    await files.remove(fileKey(lost?.sha256 ?? ''));
    await database.write(SYSTEM, (tx) => tx.update(Certificate, { number: MANY }, { number: MANY + 1 }));
    expect(await run.faults(MANY)).toEqual([
      `serial ${MANY + 1} stands where ${MANY} must`,
      expect.stringContaining('is not the file of its row'),
      expect.stringContaining('has no file'),
      `${MANY - 1} files`,
    ]);
  });
});
