import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { buildSchema } from 'graphql';
import { Role } from '@app/access';
import { projectRoot } from '@app/platform';
import { CompiledOperations } from '../src/graphql/compiled-operations.js';
import { recipes } from './double-click-recipes.js';
import { exampleOperations } from './example-operation.js';
import { Stage } from './stage.js';
import { type Person, testApi } from './test-api.js';

const schema = buildSchema(readFileSync(`${projectRoot}/schema.graphql`, 'utf8'));
/** Whether the same call may be answered in the same way again: a secret is told once, and who has left is nobody. */
const isAnsweredAlike = (mutation: string) => {
  const { secret, endsSession } = recipes[mutation] ?? {};
  return !secret && !endsSession;
};
const operations = exampleOperations(schema).filter(({ name }) => {
  const [root, field = ''] = name.split('.');
  return root === 'Query' || (root === 'Mutation' && isAnsweredAlike(field));
});
/** Sights of a text until it runs by code of its own, and one more. */
const SIGHTS = 4;

describe('an operation of the schema that has been compiled', () => {
  const api = testApi({ jobs: 0 });
  const stage = new Stage(api);
  const queryOf = jest.spyOn(CompiledOperations.prototype, 'queryOf');
  beforeAll(() => stage.set(), 60_000);
  afterAll(() => queryOf.mockRestore());

  /** What is answered from the first sight on; the id of an error is new each time. */
  const answersOf = async (by: Person, query: string, variables: object) => {
    const key = randomBytes(12).toString('hex');
    const answers: string[] = [];
    for (let sight = 1; sight <= SIGHTS; sight++) {
      const response = await by.send(query, variables, key);
      answers.push(`${response.status} ${(await response.text()).replace(/"errorId":"[^"]+"/, '')}`);
    }
    return answers;
  };

  it.each(operations.map(({ name, query, variables }) => [name, query, variables] as const))(
    'answers the same bytes as before: %s',
    async (_, query, variables) => {
      const people = [await stage.person(Role.COUNTY_OFFICER), await stage.person(Role.INSTITUTE_MANAGER), api.nobody];
      for (const by of people) {
        // Each has a text of their own, so that each begins with one that is new.
        const text = `${query} # ${randomBytes(4).toString('hex')}`;
        for (const wrong of [variables, { ...variables, input: 1, id: ['x'], unknown: null }]) {
          const own = `${text}${wrong === variables ? '' : ' wrong'}`;
          const answers = await answersOf(by, own, wrong);
          for (const answer of answers) expect(answer).toBe(answers[0]);
          expect(queryOf.mock.results.at(-1)?.value).not.toBeNull();
        }
      }
    },
  );
});
