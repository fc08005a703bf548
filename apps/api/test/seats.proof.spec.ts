import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, SYSTEM } from '@app/platform';
import { engine, newEnrolments, newNationalId, newPlace, newRun, type TestPlace } from '@app/testing';
import { CourseRun, Enrolment, EnrolmentStatus } from '@app/training';
import { BuiltProduct, FULL, type RunningProcess } from './built-product.js';
import { type Answer, Person } from './test-api.js';

const CLAIMS = FULL ? 1_000 : 120;
const FREE = 20;
/** Seats that are taken before the claims come. */
const TAKEN = 10;
const APIS = engine === 'sqlite' ? 1 : 3;

type Claimed = { enrolTrainee: { __typename: string; reason?: string } };

describe(`${CLAIMS} claims at once on ${FREE} free seats, at ${APIS} API process(es)`, () => {
  let product: BuiltProduct;
  let apis: RunningProcess[];
  let place: TestPlace;

  beforeAll(async () => {
    product = await BuiltProduct.open();
    // The first one fills the new tables, the others find them filled.
    apis = [await product.startApi()];
    apis.push(...(await Promise.all(Array.from({ length: APIS - 1 }, () => product.startApi()))));
    place = await newPlace(product.backend);
  }, 300_000);
  afterAll(() => product.close(), 30_000);

  const runWithFreeSeats = async () => {
    const run = await newRun(product.backend, place, { capacity: TAKEN + FREE, enrolmentClosesOn: '2099-12-31' });
    await newEnrolments(product.backend, run, TAKEN);
    return run.id;
  };
  const enrolled = (runId: string) =>
    product.backend.database.read(async (tx) => ({
      rows: await tx.repo(Enrolment).countBy({ runId, status: EnrolmentStatus.ENROLLED }),
      seatsTaken: (await tx.get(CourseRun, { id: runId })).seatsTaken,
    }));

  it('2.3.4 gives exactly the free ones, tells all others that the run is full, and fails for nobody', async () => {
    const runId = await runWithFreeSeats();
    const { userId: _, ...manager } = place.manager;
    const { cookie } = await product.signedIn(apis[0] as RunningProcess, 'manager', manager);
    const doors = apis.map(({ url }) => new Person(url, cookie));
    const answers = await Promise.all(
      Array.from({ length: CLAIMS }, (_, n) => claim(doors[n % APIS] as Person, runId)),
    );

    const told = new Map<string, number>();
    for (const answer of answers) told.set(answer, (told.get(answer) ?? 0) + 1);
    expect(Object.fromEntries(told)).toEqual({ '200 Enrolment': FREE, '200 RUN_FULL': CLAIMS - FREE });
    expect(await enrolled(runId)).toEqual({ rows: TAKEN + FREE, seatsTaken: TAKEN + FREE });
  }, 300_000);

  // Units on SQLite run one by one: there, looking first and enrolling then is guard enough.
  if (engine === 'mariadb')
    it('would oversell by counting first and enrolling then (the control)', async () => {
      const runId = await runWithFreeSeats();
      await Promise.all(Array.from({ length: 60 }, () => claimUnguarded(runId)));
      expect((await enrolled(runId)).rows).toBeGreaterThan(TAKEN + FREE);
    }, 60_000);

  /** Counts, then inserts: right for one at a time, wrong for many. */
  const claimUnguarded = (runId: string) =>
    product.backend.database.write(SYSTEM, async (tx) => {
      const [row] = await tx.query<{ taken: number }>('SELECT COUNT(*) AS taken FROM enrolment WHERE runId = ?', [
        runId,
      ]);
      if (Number(row?.taken) >= TAKEN + FREE) return;
      await sleep(5);
      const traineeId = newId();
      await tx.execute(
        `INSERT INTO trainee (id, nationalId, nationalIdIndex, givenName, familyName, createdAt) VALUES (?, '', ?, '', '', ?)`,
        [traineeId, traineeId, new Date()],
      );
      await tx.insert(Enrolment, {
        runId,
        traineeId,
        status: EnrolmentStatus.ENROLLED,
        enrolledAt: new Date(),
        settled: false,
      });
    });
});

/** One person asks for a seat. Answers the HTTP status with what was told: the type, the reason, or the failure. */
async function claim(door: Person, runId: string): Promise<string> {
  const input = { runId, nationalId: newNationalId(), givenName: 'زهرا', familyName: 'رضایی' };
  const response = await door.send(
    `mutation ($input: EnrolTraineeInput!) {
      enrolTrainee(input: $input) { __typename ... on EnrolmentRefused { reason } }
    }`,
    { input },
  );
  const { data, errors } = (await response.json()) as Answer<Claimed>;
  return `${response.status} ${data?.enrolTrainee.reason ?? data?.enrolTrainee.__typename ?? JSON.stringify(errors)}`;
}
