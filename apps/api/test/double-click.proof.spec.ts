import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { randomBytes } from 'node:crypto';
import { AccessDenied, Role } from '@app/access';
import { projectRoot } from '@app/platform';
import { type Recipe, recipes } from './double-click-recipes.js';
import { mutationText } from './operation-text.js';
import { PASSWORD, Stage } from './stage.js';
import { type Answer, type Person, testApi } from './test-api.js';

const COPIES = 50;

const schema = buildSchema(readFileSync(`${projectRoot}/schema.graphql`, 'utf8'));
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const newKey = () => randomBytes(12).toString('base64url');
type Field = (typeof mutations)[number];
type Told = Answer<Record<string, { __typename?: string } | boolean>>;

describe(`${COPIES} copies of a change that come at once under one key`, () => {
  // No job runs, so that what a call leaves behind stands still; the jobs it asks for are counted.
  const api = testApi({ jobs: 0 });
  const stage = new Stage(api);
  beforeAll(() => stage.set(), 60_000);

  /** How many rows each table has, and what is counted inside rows. */
  const tally = () =>
    api.backend.database.read(async (tx) => {
      const tables = api.backend.dataSource.entityMetadatas.map(({ tableName }) => tableName);
      const counted = tables
        .filter((table) => !['idempotency_key', 'rate_window'].includes(table) && !table.endsWith('_counter'))
        .map((table) => `SELECT '${table}' AS name, COUNT(*) AS n FROM ${table} ${done(table)}`);
      counted.push(`SELECT 'seats taken' AS name, COALESCE(SUM(seatsTaken), 0) AS n FROM course_run`);
      counted.push(`SELECT 'jobs wanted' AS name, COALESCE(SUM(wanted), 0) AS n FROM job`);
      const rows = await tx.query<{ name: string; n: number }>(counted.join(' UNION ALL '));
      return new Map(rows.map(({ name, n }) => [name, Number(n)]));
    });
  /** What some work changes in the tally. */
  const effectOf = async (work: () => Promise<unknown>) => {
    const before = await tally();
    await work();
    return Object.fromEntries(
      [...(await tally())].map(([name, n]) => [name, n - (before.get(name) ?? 0)]).filter(([, n]) => n !== 0),
    );
  };

  const callerOf = async ({ by, endsSession, device, caller }: Recipe, other = false): Promise<Person> => {
    if (caller) return caller(stage);
    if (!by) return api.nobody;
    if (device) return stage.device(await stage.other(by));
    if (endsSession) return signedIn(await stage.account([by, Role.COUNTY_OFFICER]));
    return other ? stage.other(by) : stage.person(by);
  };
  const signedIn = (userName: string) => api.nobody.signIn(userName, PASSWORD);

  it('are tried for every mutation of the schema', () => {
    expect(Object.keys(recipes).sort()).toEqual(mutations.map(({ name }) => name).sort());
  });

  it.each(mutations.map((field) => [field.name, field] as const))(
    'leave what one call leaves: %s',
    async (name, field) => {
      const recipe = recipes[name];
      if (!recipe) throw new Error(`No recipe for ${name}: say how it is called`);
      const query = mutationText(field);
      const call = (by: Person, variables: object, key: string) =>
        by.ask<NonNullable<Told['data']>>(query, variables, key);

      const alone = await callerOf(recipe);
      const earlier = await recipe.variables(stage, alone);
      let answer: Told = {};
      const effect = await effectOf(async () => (answer = await call(alone, earlier, newKey())));
      expect(wentWell(name, answer)).toBe(true);
      // Whatever else it does, it is in the audit trail.
      expect(effect.business_event).toBeGreaterThanOrEqual(1);

      const caller = await callerOf(recipe);
      const variables = await recipe.variables(stage, caller);
      const key = newKey();
      let answers: Told[] = [];
      const effectOfAll = await effectOf(async () => {
        answers = await Promise.all(Array.from({ length: COPIES }, () => call(caller, variables, key)));
      });
      expect(effectOfAll).toEqual(effect);
      if (recipe.secret) {
        expect(answers.filter((one) => wentWell(name, one))).toHaveLength(1);
        for (const one of answers) if (!wentWell(name, one)) expect(refusedAsDone(one)).toBe(true);
      } else {
        for (const one of answers) expect(one).toEqual(answers[0]);
        expect(wentWell(name, answers[0] ?? {})).toBe(true);
      }

      if (field.args.length > 0 && !recipe.endsSession) {
        let other: Told = {};
        expect(await effectOf(async () => (other = await call(caller, earlier, key)))).toEqual({});
        expect(other.errors?.[0]).toMatchObject({
          extensions: {
            code: 'BAD_USER_INPUT',
            fields: [{ field: 'Idempotency-Key', messageEn: expect.stringContaining('another request') }],
          },
        });
      }
      if (recipe.by) {
        const somebody = await callerOf(recipe, true);
        const own = await recipe.variables(stage, somebody);
        expect(await effectOf(async () => expect(wentWell(name, await call(somebody, own, key))).toBe(true))).toEqual(
          effect,
        );
      }
    },
  );

  it('would leave many effects under a key each (the control)', async () => {
    const field = mutations.find(({ name }) => name === 'requestAttendanceReport') as Field;
    const recipe = recipes.requestAttendanceReport as Recipe;
    const caller = await callerOf(recipe);
    const variables = await recipe.variables(stage, caller);
    const effect = await effectOf(() =>
      Promise.all(Array.from({ length: 5 }, () => caller.do(mutationText(field), variables))),
    );
    expect(effect).toMatchObject({ business_event: 5, 'jobs wanted': 5 });
  });
});

/** Of the trail, what was done: a copy that is turned away is on record too. */
const done = (table: string) => (table === 'business_event' ? `WHERE name <> '${AccessDenied.name}'` : '');

function wentWell(name: string, { data, errors }: Told): boolean {
  const told = data?.[name];
  return (
    !errors &&
    told !== undefined &&
    told !== null &&
    !(typeof told === 'object' && told.__typename?.endsWith('Refused'))
  );
}

/** A copy of a call whose answer is a secret learns that it was done, also where that call has ended its own session. */
function refusedAsDone({ errors }: Told): boolean {
  const { code, fields } = errors?.[0]?.extensions ?? {};
  return code === 'BAD_USER_INPUT' && fields?.[0]?.field === 'Idempotency-Key';
}
