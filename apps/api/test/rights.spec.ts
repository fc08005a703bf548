import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, getNamedType } from 'graphql';
import { type Grant, Role } from '@app/access';
import { projectRoot } from '@app/platform';
import { exampleOperations, fieldsTold, SAMPLE_ID } from './example-operation.js';
import { type Caller, reaches, rights } from './rights.js';
import { rightsOfFields } from './rights-of-fields.js';
import { type Person, testApi } from './test-api.js';

const SOME_ID = '0193b5a0-0000-7000-8000-000000000001';
const grants: Record<Role, Grant> = {
  ADMINISTRATOR: { role: Role.ADMINISTRATOR },
  NATIONAL_OFFICER: { role: Role.NATIONAL_OFFICER },
  PROVINCIAL_OFFICER: { role: Role.PROVINCIAL_OFFICER, provinceCode: '15' },
  COUNTY_OFFICER: { role: Role.COUNTY_OFFICER, provinceCode: '15', officeId: SOME_ID },
  ASSESSOR: { role: Role.ASSESSOR, provinceCode: '15' },
  INSTITUTE_MANAGER: {
    ...{ role: Role.INSTITUTE_MANAGER, provinceCode: '15' },
    ...{ officeId: SOME_ID, instituteId: SOME_ID },
  },
  TRAINER: { role: Role.TRAINER, provinceCode: '15', trainerId: SOME_ID },
  EXAMINER: { role: Role.EXAMINER, provinceCode: '15' },
  ASSOCIATION_MANAGER: { role: Role.ASSOCIATION_MANAGER, provinceCode: '15', branchId: SOME_ID },
  CASE_WORKER: { role: Role.CASE_WORKER, provinceCode: '15', branchId: SOME_ID },
  EMPLOYER: { role: Role.EMPLOYER, provinceCode: '15' },
  GRADUATE: { role: Role.GRADUATE, traineeId: SOME_ID },
};
const SHUT = new Set(['FORBIDDEN', 'UNAUTHENTICATED']);

const schema = buildSchema(readFileSync(`${projectRoot}/schema.graphql`, 'utf8'));
const operations = exampleOperations(schema);

describe('the table of rights', () => {
  const api = testApi();
  const people = new Map<Caller, Person>();
  beforeAll(async () => {
    people.set('NOBODY', api.nobody);
    for (const role of Object.values(Role))
      people.set(role, await api.signedIn(`rights-${role.toLowerCase()}`, grants[role]));
  }, 60_000);

  it('has a row for every operation of the schema, and no other', () => {
    expect(Object.keys(rights).sort()).toEqual(operations.map(({ name }) => name).sort());
  });

  it('says of every operation that is given an id who reaches what it names: a row in "reaches"', () => {
    const given = operations.filter(({ variables }) => JSON.stringify(variables).includes(SAMPLE_ID));
    expect(given.map(({ name }) => name).filter((name) => !reaches[name])).toEqual([]);
    const known = new Set(operations.map(({ name }) => name));
    expect(Object.keys(reaches).filter((name) => !known.has(name.split(' ')[0] ?? ''))).toEqual([]);
  });

  it('has a place for every field of every type that is told, among those who can be told it', () => {
    const to = new Map<string, Set<Caller>>();
    for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
      for (const { name, type } of Object.values(root?.getFields() ?? {}))
        for (const field of fieldsTold(getNamedType(type))) {
          const callers = to.get(field) ?? new Set();
          for (const caller of rights[`${root?.name}.${name}`] ?? []) callers.add(caller);
          to.set(field, callers);
        }
    const found = [...to].map(([field, callers]) => `${field}: ${[...callers].sort().join(' ')}`);
    const said = rightsOfFields.flatMap(({ to: callers, types }) =>
      Object.entries(types).flatMap(([type, fields]) =>
        fields.split(' ').map((field) => `${type}.${field}: ${[...callers].sort().join(' ')}`),
      ),
    );
    expect(found.sort()).toEqual(said.sort());
  });

  it('is what each viewer is told', async () => {
    for (const [caller, person] of people) {
      if (caller === 'NOBODY') continue;
      const { viewer } = await person.do<{ viewer: { viewerCan: string[] } }>('{ viewer { viewerCan } }');
      const expected = Object.keys(rights).filter((name) => !NARROWED.includes(name) && rights[name]?.includes(caller));
      expect(viewer.viewerCan.filter((name) => !NARROWED.includes(`Mutation.${name}`))).toEqual(
        expected.map((name) => name.split('.')[1]).sort(),
      );
    }
  });

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    'holds for %s',
    async (name, { query, variables }) => {
      const open: Caller[] = [];
      for (const [caller, person] of people) {
        // Signing out would end the session that the next rows need; for it, only who is shut out is tried.
        if (name === 'Mutation.signOut' && rights[name]?.includes(caller)) open.push(caller);
        else if (!(await shut(person, name, query, variables))) open.push(caller);
      }
      expect(open.sort()).toEqual([...(rights[name] ?? [])].sort());
    },
  );
});

/** Operations that the policy narrows by what is asked: the role alone does not say. */
const NARROWED = ['Mutation.inviteUser', 'Mutation.orderPaper', 'Mutation.rotateDeviceToken'];

/** Whether the guard or the policy turned the caller away; any other answer means that the operation was tried. */
async function shut(person: Person, name: string, query: string, variables: Record<string, unknown>): Promise<boolean> {
  if (name.startsWith('Subscription.')) {
    const answer = await person.follow(query, variables).catch((error: Error) => error);
    return answer instanceof Error && [...SHUT].some((code) => answer.message.includes(code));
  }
  const { errors } = await person.ask(query, variables);
  return SHUT.has(errors?.[0]?.extensions.code ?? '');
}
