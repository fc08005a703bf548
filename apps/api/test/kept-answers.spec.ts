import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  getNamedType,
  type GraphQLNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';
import { Role } from '@app/access';
import { addDays } from '@app/persian';
import { projectRoot } from '@app/platform';
import { type Recipe, recipes } from './double-click-recipes.js';
import { Stage } from './stage.js';
import { testApi } from './test-api.js';

const schema = buildSchema(readFileSync(`${projectRoot}/schema.graphql`, 'utf8'));

/** All that a type tells, with all that hangs on it; of a refusal only that it is one. */
function everything(type: GraphQLNamedType): string {
  if (isUnionType(type))
    return `{ __typename ${type
      .getTypes()
      .filter(({ name }) => !name.endsWith('Refused'))
      .map((member) => `... on ${member.name} ${everything(member)}`)
      .join(' ')} }`;
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
  return `{ ${fields
    .map(({ name, type: inner }) =>
      isLeafType(getNamedType(inner)) ? name : `${name} ${everything(getNamedType(inner))}`,
    )
    .join(' ')} }`;
}

function textOf(name: string): string {
  const field = schema.getMutationType()?.getFields()[name];
  if (!field) throw new Error(`No mutation ${name}`);
  const [input] = field.args;
  return `mutation ($input: ${String(input?.type)}) { ${name}(input: $input) ${everything(getNamedType(field.type))} }`;
}

interface Variables {
  input: Record<string, unknown> & { marks: { enrolmentId: string }[] };
}

describe('a copy of a change that comes after a later change', () => {
  const api = testApi({ jobs: 0 });
  const stage = new Stage(api);
  beforeAll(() => stage.set(), 60_000);

  const change = async (by: Role, name: string, input: object) => {
    const caller = await stage.person(by);
    const said = await caller.do<Record<string, { __typename: string }>>(textOf(name), { input });
    expect(said[name]?.__typename).not.toMatch(/Refused$/);
  };
  /** The licence's number stands on the page of every run of the institute. */
  const renewLicence = () =>
    change(Role.COUNTY_OFFICER, 'renewLicence', {
      ...{ instituteId: stage.place.institute.id, licenceNumber: `L/later/${stage.next('later')}` },
      ...{ licenceType: 'ALEF', licensedFields: ['CARPET'], licenceIssuedOn: addDays(stage.today, -30) },
      licenceExpiresOn: addDays(stage.today, 2_000 + stage.next('later')),
    });

  /** What happens to the same thing after each change, by another call or a job. */
  const later: Record<string, (sent: Variables) => Promise<unknown>> = {
    markAttendance: ({ input }) =>
      change(Role.TRAINER, 'markAttendance', {
        ...input,
        marks: input.marks.map(({ enrolmentId }) => ({ enrolmentId, status: 'UNEXCUSED' })),
      }),
    enterExamMarks: ({ input }) => change(Role.COUNTY_OFFICER, 'enterExamMarks', { ...input, part: 'PRACTICAL' }),
    readClassList: () => stage.runJobs('read'),
    enrolClassList: () => stage.runJobs('enrol'),
    openCourseRun: renewLicence,
    finishCourseRun: renewLicence,
    cancelCourseRun: renewLicence,
  };

  it.each(Object.keys(later))('tells what the first one told, letter by letter: %s', async (name) => {
    const recipe = recipes[name] as Recipe;
    const caller = await stage.person(recipe.by as Role);
    const variables = (await recipe.variables(stage, caller)) as Variables;
    const key = randomBytes(12).toString('base64url');
    const send = async () => (await caller.send(textOf(name), variables, key)).text();

    const first = await send();
    expect(first).not.toMatch(/Refused"|"errors"/);
    await later[name]?.(variables);
    expect(await send()).toBe(first);
  });
});
