import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { projectRoot, Rates } from '@app/platform';
import { newEnrolments, StatementLog } from '@app/testing';
import { Trainee } from '@app/training';
import { readingText } from './operation-text.js';
import { recipes, tellsOfOne } from './reads-recipes.js';
import { Stage } from './stage.js';
import { type Person, testApi } from './test-api.js';

const SIZES = [1, 10, 100];
/** The size at which a query is asked until it has been compiled; its answer must stay the same. */
const COMPILED_AT = 10;

/** All that is answered when the same is asked again and again: one, if it is always the same. */
async function answersOf(by: Person, query: string, variables: object): Promise<string[]> {
  const answers = new Set<string>();
  // A text of its own, which no smaller size has made known.
  for (let sight = 1; sight <= 4; sight++) answers.add(await (await by.send(`${query} #`, variables)).text());
  return [...answers];
}

const schema = buildSchema(readFileSync(`${projectRoot}/schema.graphql`, 'utf8'));
const queries = Object.values(schema.getQueryType()?.getFields() ?? {});
const grown = queries.filter(({ name }) => !tellsOfOne.includes(name));

/** The length of the longest list anywhere in an answer. */
function longest(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  return Math.max(Array.isArray(value) ? value.length : 0, ...Object.values(value).map(longest));
}

describe('the statements behind a query', () => {
  // No job runs beside the query that is counted.
  const api = testApi({ jobs: 0 });
  const log = new StatementLog();
  beforeAll(async () => {
    // Nor does the process tell the others how many calls it has counted.
    await api.app.get(Rates).stop();
    api.backend.dataSource.logger = log;
  });

  const statementsOf = async (work: () => Promise<unknown>) => {
    log.statements = [];
    await work();
    return log.statements.length;
  };

  it('are counted for every query of the schema', () => {
    expect([...Object.keys(recipes), ...tellsOfOne].sort()).toEqual(queries.map(({ name }) => name).sort());
  });

  it.each(grown.map((field) => [field.name, field] as const))(
    'are as many for a hundred as for one: %s',
    async (name, field) => {
      const recipe = recipes[name];
      if (!recipe) throw new Error(`No recipe for ${name}: say what it tells of many`);
      const counts: number[] = [];
      for (const many of SIZES) {
        const stage = new Stage(api, `${name}-${many}`);
        await stage.set(recipe.place?.(many));
        const caller = await stage.person(recipe.by);
        const variables = await recipe.make(stage, many, caller);
        let answer: Record<string, unknown> = {};
        counts.push(
          await statementsOf(async () => (answer = await caller.do(readingText(field, variables), variables))),
        );
        const told = recipe.told?.(answer[name] as Record<string, unknown>) ?? longest(answer);
        expect(told).toBeGreaterThanOrEqual(many);
        if (many === COMPILED_AT)
          expect(await answersOf(caller, readingText(field, variables), variables)).toHaveLength(1);
      }
      expect(counts).toEqual([counts[0], counts[0], counts[0]]);
      // The session, and what was asked for.
      expect(counts[0]).toBeGreaterThan(1);
    },
    30_000,
  );

  it('would be seen to grow if each of many were read by itself (the control)', async () => {
    const stage = new Stage(api, 'control');
    await stage.set();
    const enrolments = await newEnrolments(stage.tables, await stage.run(), 10);
    const one = ({ traineeId }: { traineeId: string }) =>
      api.backend.database.read((tx) => tx.get(Trainee, { id: traineeId }));
    expect(await statementsOf(() => Promise.all(enrolments.map(one)))).toBe(10);
  });
});
