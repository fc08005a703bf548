import { readFileSync } from 'node:fs';
import { beforeAll, describe, it } from '@jest/globals';
import fc, { type Arbitrary } from 'fast-check';
import {
  buildSchema,
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { Role } from '@app/access';
import { projectRoot } from '@app/platform';
import { FULL } from './built-product.js';
import { type Recipe, recipes } from './double-click-recipes.js';
import { recipes as readRecipes } from './reads-recipes.js';
import { Stage } from './stage.js';
import { type Person, testApi } from './test-api.js';

/** How often each operation is called; in full, with other values each time. */
const RUNS = FULL ? 400 : 20;
const SEED = FULL ? Math.floor(Math.random() * 2 ** 31) : 1405;

const schema = buildSchema(readFileSync(`${projectRoot}/schema.graphql`, 'utf8'));
const operations = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
  Object.values(root?.getFields() ?? {}).map((field) => ({
    kind: root === schema.getQueryType() ? 'query' : 'mutation',
    field,
  })),
);
type Field = GraphQLField<unknown, unknown>;

const WILD_TEXTS = [
  ...[
    '',
    ' ',
    '\0',
    '\r\nSet-Cookie: a=b',
    'a\r\n\r\n<html>',
    '\u202Eevil\u202C',
    '\u2066\u2069',
    '\u200C\u200D\uFEFF',
  ],
  ...[
    '\uD800',
    '\uDFFF\uD800',
    'a\uD83D',
    '😀'.repeat(70),
    'ا'.repeat(10_000),
    'x'.repeat(10_000),
    '۱۲۳۴۵۶۷۸۹۰',
    '٠'.repeat(40),
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'null',
    'undefined',
    'NaN',
    '[object Object]',
    '{}',
    '[]',
  ],
  ...[
    "'; DROP TABLE trainee; --",
    '" OR 1=1',
    '\\',
    '%',
    '_',
    '%00',
    '../../etc/passwd',
    '${7*7}',
    '{{7*7}}',
    '=1+1',
    '@SUM(1)',
  ],
  ...[
    '1e309',
    '-1',
    '999999999999999999999',
    '2026-13-45',
    '0001-01-01',
    '9999-12-31',
    '\u0000'.repeat(50),
    'ي‌ك',
    'İ',
    'ﷺ',
    '\u0301'.repeat(100),
  ],
];
const wildText = fc.oneof(fc.constantFrom(...WILD_TEXTS), fc.string({ unit: 'binary', maxLength: 300 }));
const WILD_DAYS = [
  '0000-01-01',
  '0001-01-01',
  '1900-02-28',
  '2026-02-28',
  '2028-02-29',
  '9999-12-31',
  '1821-03-21',
  '2221-03-20',
];
const day = fc.oneof(
  fc.constantFrom(...WILD_DAYS),
  fc
    .date({ min: new Date('1821-03-21'), max: new Date('2221-03-20'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10)),
);
const int = fc.oneof(
  fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 100, 101, 1441, 10_000, 10_001),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
);
const float = fc.oneof(
  fc.constantFrom(0, -0, 1e308, -1e308, 5e-324, 0.1, 1e21),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
/** What no type of the schema takes, with keys that would change the prototype of everything. */
const anything: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, 2 ** 53, -1.5, 1e308, [], [[]], {}, 'x'),
  fc.constantFrom(
    ...[
      '{"__proto__":{"polluted":true}}',
      '{"constructor":{"prototype":{"polluted":true}}}',
      '{"a":{"__proto__":{"polluted":1}}}',
    ].map((text) => JSON.parse(text) as unknown),
  ),
  wildText,
  fc.jsonValue(),
);

/** Values of a type: those it takes, however odd, now and then one that it does not; around a call that goes well. */
function valuesOf(type: GraphQLInputType, good: unknown, ids: readonly string[]): Arbitrary<unknown> {
  const within: Arbitrary<unknown> = isNonNullType(type)
    ? valuesOf(type.ofType as GraphQLInputType, good, ids)
    : oddValuesOf(type, good, ids);
  if (isInputObjectType(isNonNullType(type) ? type.ofType : type))
    return fc.oneof({ weight: 12, arbitrary: within }, { weight: 1, arbitrary: anything });
  return fc.oneof(
    { weight: good === undefined ? 2 : 6, arbitrary: fc.constant(good) },
    { weight: 3, arbitrary: within },
    { weight: 1, arbitrary: anything },
  );
}

function oddValuesOf(type: GraphQLInputType, good: unknown, ids: readonly string[]): Arbitrary<unknown> {
  if (isListType(type)) {
    const parts: unknown[] = Array.isArray(good) ? good : [];
    const part = valuesOf(type.ofType as GraphQLInputType, parts[0], ids);
    return fc.oneof(
      fc.array(part, { maxLength: 4 }),
      fc.array(part, { minLength: 1, maxLength: 1 }).map((one) => Array.from({ length: 150 }, () => one[0])),
    );
  }
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map(({ name, type: inner }) => [
      name,
      valuesOf(inner, (good as Record<string, unknown> | undefined)?.[name], ids),
    ]);
    return fc
      .record(Object.fromEntries(fields) as Record<string, Arbitrary<unknown>>, { noNullPrototype: true })
      .map((value) => Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)))
      .chain((value) =>
        fc.oneof(
          { weight: 8, arbitrary: fc.constant(value) },
          {
            weight: 1,
            arbitrary: fc.constant(
              Object.defineProperty({ ...value }, '__proto__', { value: { polluted: 1 }, enumerable: true }),
            ),
          },
        ),
      );
  }
  switch (getNamedType(type).name) {
    case 'ID':
      return fc.oneof(fc.constantFrom(...ids), wildText);
    case 'Int':
      return int;
    case 'Float':
      return float;
    case 'Boolean':
      return fc.boolean();
    case 'Day':
      return day;
    case 'Instant':
      return fc.constantFrom('0000-01-01T00:00:00Z', '+275760-09-13T00:00:00.000Z', '2026-11-22T00:00:00.000Z', '1');
    default:
      return wildText;
  }
}

const textOf = (kind: string, { name, args, type }: Field) => {
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  return `${kind} ${declared && `(${declared})`} { ${name}${passed && `(${passed})`} ${isCompositeType(getNamedType(type)) ? '{ __typename }' : ''} }`;
};
const argumentsOf = (args: readonly GraphQLArgument[], good: Record<string, unknown>, ids: readonly string[]) =>
  fc
    .record(Object.fromEntries(args.map(({ name, type }) => [name, valuesOf(type, good[name], ids)])), {
      noNullPrototype: true,
    })
    .map((value) => Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)));

const idsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? /^[0-9a-f-]{36}$/.test(value)
      ? [value]
      : []
    : value && typeof value === 'object'
      ? Object.values(value).flatMap(idsIn)
      : [];

describe(`every input of the schema, with values that nobody means (seed ${SEED})`, () => {
  const api = testApi({ jobs: 0 });
  const stage = new Stage(api);
  const goodCalls = new Map<string, { by: Person; good: Record<string, unknown> }>();
  let ids: string[] = [];
  const shape = Object.getOwnPropertyNames(Object.prototype).sort();

  // Everyone comes in before anybody guesses at a password: the address of this machine will have to wait then.
  beforeAll(async () => {
    await stage.set();
    for (const { field } of operations) goodCalls.set(field.name, await goodCall(field.name));
    ids = [...new Set([stage.place, ...[...goodCalls.values()].map(({ good }) => good)].flatMap(idsIn))];
  }, 120_000);

  const goodCall = async (name: string) => {
    const recipe: Recipe | undefined = recipes[name];
    const read = readRecipes[name];
    const role = recipe?.by ?? read?.by ?? Role.COUNTY_OFFICER;
    if (recipe?.device) return { by: await stage.device(await stage.other(role)), good: {} };
    const by =
      recipe && !recipe.by ? api.nobody : recipe?.endsSession ? await stage.other(role) : await stage.person(role);
    const good = recipe ? await recipe.variables(stage, by) : ((await read?.make(stage, 1, by)) ?? {});
    return { by, good: good as Record<string, unknown> };
  };

  /** What must hold of every answer, whatever was sent. */
  const assertCalm = async (response: Response, sent: string) => {
    const text = await response.text();
    const told = `${response.status} ${text.slice(0, 500)} to ${sent.slice(0, 2_000)}`;
    if (response.status >= 500 || /"INTERNAL"/.test(text) || /\bat .+:\d+:\d+|node_modules|\.(ts|js):\d/.test(text))
      throw new Error(told);
    if ('polluted' in {} || Object.getOwnPropertyNames(Object.prototype).sort().join() !== shape.join())
      throw new Error(`the prototype was changed: ${told}`);
  };

  it.each(operations.map(({ kind, field }) => [field.name, kind, field] as const))(
    '1.2.4 1.3.3 1.4.2 2.2.2 15.3.3 15.3.6 are refused or done, and break nothing: %s',
    async (name, kind, field) => {
      const { by, good } = goodCalls.get(name) as { by: Person; good: Record<string, unknown> };
      const text = textOf(kind, field);
      await fc.assert(
        fc.asyncProperty(argumentsOf(field.args, good, ids), async (variables) => {
          await assertCalm(await by.send(text, variables), JSON.stringify(variables));
        }),
        { numRuns: field.args.length > 0 ? RUNS : 2, seed: SEED, endOnFailure: !FULL },
      );
    },
    FULL ? 600_000 : 60_000,
  );

  it('are refused or done, and break nothing: a request that is no operation', async () => {
    const bodies = fc.oneof(
      anything,
      fc.record(
        { query: anything, variables: anything, operationName: anything, extensions: anything },
        { requiredKeys: [] },
      ),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const text = JSON.stringify(body);
        const response = await fetch(`${api.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: text,
        });
        await assertCalm(response, text);
      }),
      { numRuns: RUNS * 4, seed: SEED },
    );
  });

  it('are refused or done, and break nothing: an upload', async () => {
    const by = await stage.person(Role.COUNTY_OFFICER);
    const well = (name: string) => Buffer.from(name).toString();
    await fc.assert(
      fc.asyncProperty(wildText, fc.uint8Array({ maxLength: 2_000 }), wildText, async (fileName, bytes, part) => {
        const form = new FormData();
        form.append(well(part), new Blob([bytes as BlobPart]), well(fileName));
        const response = await fetch(`${api.url}/uploads`, {
          method: 'POST',
          headers: { ...by.headers, 'x-requested-with': 'spec' },
          body: form,
        });
        await assertCalm(response, `${part} ${fileName}`);
      }),
      { numRuns: RUNS * 4, seed: SEED },
    );
  });
});
