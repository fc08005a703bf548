import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ModulesContainer } from '@nestjs/core';
import { Rates, newId, SYSTEM } from '@app/platform';
import { Role } from '@app/access';
import { mobileIndex } from '@app/messaging';
import { newEnrolments, newNationalId, newRun } from '@app/testing';
import { CourseRunStatus, Trainee } from '@app/training';
import { FULL } from './built-product.js';
import { Stage } from './stage.js';
import { type Person, testApi } from './test-api.js';

const PAIRS = FULL ? 1000 : 30;
/** What the control adds: in full a millisecond or two must be found; small, what no noise hides. */
const ADDED_MS = FULL ? 1.5 : 20;
/** Welch's t from which on a difference is one, as tools that look for leaks by time take it. */
const NOISE = 4.5;
/** The slowest of what was measured tells of the machine: of garbage, of a disk, of others who work. */
const KEPT = 0.8;

jest.setTimeout(FULL ? 1_800_000 : 120_000);

/** How long the two of each pair took, in milliseconds. */
interface Took {
  one: number[];
  other: number[];
}

/** Does both of every pair one after the other, whichever first, so that what the machine does meets both alike. */
async function inPairs(one: (n: number) => Promise<unknown>, other: (n: number) => Promise<unknown>): Promise<Took> {
  const took: Took = { one: [], other: [] };
  const measured = async (work: (n: number) => Promise<unknown>, n: number, into: number[]) => {
    const began = performance.now();
    await work(n);
    into.push(performance.now() - began);
  };
  for (let n = 0; n < PAIRS; n++) {
    const both = [() => measured(one, n, took.one), () => measured(other, n, took.other)];
    if (randomInt(2) === 0) both.reverse();
    for (const each of both) await each();
  }
  return took;
}

/** Welch's t of the two, without their slowest: near 0 when they take alike long. */
function welch({ one, other }: Took): { t: number; differenceMs: number } {
  const of = (ms: number[]) => {
    const kept = ms.toSorted((a, b) => a - b).slice(0, Math.ceil(ms.length * KEPT));
    const mean = kept.reduce((sum, x) => sum + x, 0) / kept.length;
    const variance = kept.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (kept.length - 1);
    return { mean, error: variance / kept.length };
  };
  const [a, b] = [of(one), of(other)];
  return { t: (a.mean - b.mean) / Math.sqrt(a.error + b.error), differenceMs: a.mean - b.mean };
}

/** In full: no difference. Small, so few pairs tell nothing of so small a one: what is shown there is that they run. */
function expectAlike(what: string, took: Took): void {
  const { t, differenceMs } = welch(took);
  process.stdout.write(`timing: ${what}: t ${t.toFixed(2)}, ${differenceMs.toFixed(3)} ms, ${PAIRS} pairs\n`);
  expect(Number.isFinite(t)).toBe(true);
  if (FULL) expect(Math.abs(t)).toBeLessThan(NOISE);
}

describe(`what is secret is not told by time, in ${PAIRS} pairs`, () => {
  const most = '1000000';
  const api = testApi({
    jobs: 0,
    settings: { ONE_TIME_PASSWORDS_AN_HOUR: most, WRONG_PASSWORDS_IN_TEN_MINUTES: most },
  });
  const stage = new Stage(api);
  let manager: Person;
  let officer: Person;
  let caseWorker: Person;

  beforeAll(async () => {
    // It writes now and then, and not for both of a pair.
    await api.app.get(Rates).stop();
    await stage.set();
    [manager, officer, caseWorker] = [
      await stage.person(Role.INSTITUTE_MANAGER),
      await stage.person(Role.COUNTY_OFFICER),
      await stage.person(Role.CASE_WORKER),
    ];
  });

  /** A code for a seat of the run: the branch's, for somebody whom it sends, or one that was paid for. */
  const sponsored = async (runId: string): Promise<string> => {
    const person = { nationalId: newNationalId(), givenName: 'زهرا', familyName: 'رضایی' };
    const known = { familyFile: 'پ-۱', familyTie: 'SPOUSE', eligibilityReason: 'در بند' };
    const { referPerson } = await caseWorker.do<{ referPerson: { id: string } }>(
      'mutation ($input: ReferPersonInput!) { referPerson(input: $input) { ... on ReferredPerson { id } } }',
      { input: { ...person, ...known } },
    );
    const { giveSeat } = await caseWorker.do<{ giveSeat: { code: string } }>(
      'mutation ($input: GiveSeatInput!) { giveSeat(input: $input) { ... on GivenSeat { code } } }',
      { input: { referralId: referPerson.id, runId } },
    );
    return giveSeat.code;
  };
  const paid = async (runId: string): Promise<string> => {
    const { giveSeatToken } = await officer.do<{ giveSeatToken: { code: string } }>(
      'mutation ($input: GiveSeatTokenInput!) { giveSeatToken(input: $input) { ... on GivenSeatToken { code } } }',
      { input: { runId } },
    );
    return giveSeatToken.code;
  };
  const settle = (enrolmentId: string, code: string) =>
    manager.do('mutation ($input: SettleSeatInput!) { settleSeat(input: $input) { __typename } }', {
      input: { enrolmentId, code },
    });

  /** A run whose seats were all settled by codes of one kind. */
  const settledRun = async (codeFrom: (runId: string) => Promise<string>) => {
    const run = await stage.run(CourseRunStatus.RUNNING);
    for (const { id } of await newEnrolments(stage.tables, run, 5)) await settle(id, await codeFrom(run.id));
    return run.id;
  };
  const PAGE = `query ($id: ID!) { courseRun(id: $id) { id capacity enrolments { id settled familyName maskedFatherName } } }`;
  const page = (id: string) => manager.do(PAGE, { id });

  it('whether a seat is sponsored or paid for: when it is settled', async () => {
    const run = await newRun(stage.tables, stage.place, {
      capacity: 3 * PAIRS,
      status: CourseRunStatus.RUNNING,
      days: [stage.today],
    });
    const seats = (await newEnrolments(stage.tables, run, 2 * PAIRS)).map(({ id }) => id);
    const codes: [string, string][] = [];
    for (let n = 0; n < PAIRS; n++) codes.push([await sponsored(run.id), await paid(run.id)]);
    const took = await inPairs(
      (n) => settle(seats[2 * n] ?? '', codes[n]?.[0] ?? ''),
      (n) => settle(seats[2 * n + 1] ?? '', codes[n]?.[1] ?? ''),
    );
    expectAlike('a sponsored seat settled, or a paid one', took);
  });

  it('whether the people of a run are sponsored or have paid: when it is looked at', async () => {
    const [one, other] = [await settledRun(sponsored), await settledRun(paid)];
    expectAlike(
      'a run of sponsored people, or of paying ones',
      await inPairs(
        () => page(one),
        () => page(other),
      ),
    );
  });

  it('whether an id is another institute’s or nobody’s', async () => {
    const foreign = new Stage(api, 'foreign');
    await foreign.set();
    const { id } = await foreign.run();
    const denied = async (asked: string) =>
      expect((await manager.ask(PAGE, { id: asked })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expectAlike(
      'a foreign run, or none',
      await inPairs(
        () => denied(id),
        () => denied(newId()),
      ),
    );
  });

  describe('whether anybody has a number', () => {
    const number = (n: number, of: number) => `0912${String(of * 1_000_000 + n).padStart(7, '0')}`;
    const ASK = `mutation ($input: AskOneTimePasswordInput!) {
      askOneTimePassword(input: $input) { __typename ... on GraduateSignInRefused { reason } } }`;
    const ENTER = `mutation ($input: EnterOneTimePasswordInput!) {
      enterOneTimePassword(input: $input) { __typename ... on GraduateSignInRefused { reason } } }`;
    const cookies = { known: [] as string[], unknown: [] as string[] };

    beforeAll(async () => {
      const { database, keys } = api.backend;
      const person = (n: number) => {
        const [nationalId, mobile] = [newNationalId(), number(n, 1)];
        return {
          ...{ nationalId, nationalIdIndex: keys.blindIndex('nationalId', nationalId), mobile },
          ...{ mobileIndex: mobileIndex(keys, mobile), createdAt: new Date(), birthDay: '1990-01-01' },
          ...{ givenName: 'زهرا', familyName: 'رضایی', fatherName: null },
        };
      };
      const people = Array.from({ length: PAIRS }, (_, n) => person(n));
      await database.write(SYSTEM, (tx) => tx.insertAll(Trainee, people));
    });

    /** Each from another address: one address has a limit of its own. */
    const send = async (query: string, input: object, n: number, cookie = '') => {
      const answer = await fetch(`${api.url}/graphql`, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', 'idempotency-key': newId(), cookie },
          'x-forwarded-for': `198.51.${n >> 8}.${n & 255}`,
        },
        body: JSON.stringify({ query, variables: { input } }),
      });
      return { text: await answer.text(), cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
    };
    const asked = (of: number, kept: string[]) => async (n: number) => {
      const { text, cookie } = await send(ASK, { mobile: number(n, of) }, n);
      expect(text).not.toMatch(/Refused|errors/);
      kept[n] = cookie;
    };
    const guessed = (kept: string[]) => async (n: number) => {
      const { text } = await send(ENTER, { password: 'x' }, n, kept[n]);
      expect(text).toContain('WRONG_PASSWORD');
    };

    it('when a password is asked for', async () => {
      const took = await inPairs(asked(1, cookies.known), asked(2, cookies.unknown));
      expectAlike('a known number asks, or an unknown one', took);
    });

    it('when one is guessed at', async () => {
      expectAlike(
        'a guess at a known number, or an unknown',
        await inPairs(guessed(cookies.known), guessed(cookies.unknown)),
      );
    });
  });

  it(`the control: ${ADDED_MS} ms more for one of two are found`, async () => {
    const [one, other] = [await settledRun(paid), await settledRun(paid)];
    const service = pageService();
    const get = service.get.bind(service);
    service.get = async (actor: unknown, id: unknown, ...rest: unknown[]) => {
      const answer = await get(actor, id, ...rest);
      for (const end = performance.now() + ADDED_MS; id === one && performance.now() < end;);
      return answer;
    };
    const { t, differenceMs } = welch(
      await inPairs(
        () => page(one),
        () => page(other),
      ),
    );
    service.get = get;
    process.stdout.write(`timing: the control: t ${t.toFixed(2)}, ${differenceMs.toFixed(3)} ms\n`);
    expect(t).toBeGreaterThan(NOISE);
  });

  const pageService = () => {
    for (const module of api.app.get(ModulesContainer).values())
      for (const provider of module.providers.values())
        if (provider.name === 'CourseRunPageService')
          return provider.instance as { get(...asked: unknown[]): Promise<unknown> };
    throw new Error('No CourseRunPageService');
  };
});
