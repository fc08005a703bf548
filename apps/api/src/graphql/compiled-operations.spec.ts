import { describe, expect, it } from '@jest/globals';
import {
  type DocumentNode,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { CompiledOperations } from './compiled-operations.js';

const Day = new GraphQLScalarType({
  name: 'Day',
  serialize: (value) => {
    if (typeof value !== 'string') throw new TypeError(`no day: ${String(value)}`);
    return value;
  },
  parseValue: (value) => {
    if (typeof value !== 'string' || value.length !== 10) throw new TypeError('a day is YYYY-MM-DD');
    return value;
  },
});
const Colour = new GraphQLEnumType({ name: 'Colour', values: { RED: { value: 'red' }, BLUE: { value: 'blue' } } });
const Run: GraphQLObjectType = new GraphQLObjectType({
  name: 'Run',
  fields: () => ({
    id: { type: new GraphQLNonNull(GraphQLString) },
    seats: { type: GraphQLInt },
    day: { type: Day },
    colour: { type: Colour },
    later: { type: GraphQLString, resolve: () => Promise.resolve('later') },
    broken: { type: GraphQLString, resolve: () => Promise.reject(new Error('broke')) },
    needed: { type: new GraphQLNonNull(GraphQLString), resolve: () => Promise.reject(new Error('needed')) },
    nothing: { type: new GraphQLNonNull(GraphQLString) },
    sisters: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Run))) },
    asked: {
      type: GraphQLString,
      args: { days: { type: new GraphQLList(Day) }, most: { type: GraphQLInt, defaultValue: 3 } },
      resolve: (_, args) => JSON.stringify(args),
    },
  }),
});
const Refused = new GraphQLObjectType({ name: 'Refused', fields: { reason: { type: Colour } } });
const Result = new GraphQLUnionType({
  name: 'Result',
  types: [Run, Refused],
  resolveType: (value: object) => ('reason' in value ? 'Refused' : 'Run'),
});
const Inner = new GraphQLInputObjectType({
  name: 'Inner',
  fields: { id: { type: new GraphQLNonNull(GraphQLString) } },
});
const Input = new GraphQLInputObjectType({
  name: 'Input',
  fields: () => ({
    id: { type: new GraphQLNonNull(GraphQLString) },
    most: { type: GraphQLInt, defaultValue: 7 },
    day: { type: Day },
    colours: { type: new GraphQLList(new GraphQLNonNull(Colour)) },
    more: { type: new GraphQLList(Inner) },
  }),
});
const one = { id: '1', seats: 3, day: '2026-11-21', colour: 'red', sisters: [{ id: '2' }, { id: '3', seats: 9 }] };
const odd = { id: '4', seats: 1.5, day: 7, colour: 'green', sisters: [null] };
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      run: { type: Run, resolve: () => Promise.resolve(one) },
      odd: { type: Run, resolve: () => odd },
      runs: { type: new GraphQLNonNull(new GraphQLList(Run)), resolve: () => [one, null, Promise.resolve(odd)] },
      none: { type: new GraphQLNonNull(Run), resolve: () => null },
      results: { type: new GraphQLList(Result), resolve: () => [one, { reason: 'blue' }, null] },
      echo: {
        type: GraphQLString,
        args: { input: { type: Input }, inputs: { type: new GraphQLList(new GraphQLNonNull(Input)) } },
        resolve: (_, args) => JSON.stringify(args),
      },
    },
  }),
  mutation: new GraphQLObjectType({
    name: 'Mutation',
    fields: { act: { type: Result, resolve: () => Promise.resolve({ reason: 'red' }) } },
  }),
});

const read = '{ __typename id seats day colour later aliased: later sisters { id seats } asked(days: ["2026-11-21"]) }';
const ECHO = 'query ($input: Input, $inputs: [Input!]) { echo(input: $input, inputs: $inputs) }';
const cases: [string, string, Record<string, unknown>?][] = [
  ['values of every kind', `{ run ${read} }`],
  ['a list with gaps', `{ runs { id later } }`],
  ['members of a union', `{ results { __typename ... on Run { id later } ... on Refused { reason } } }`],
  ['fragments', `query { run { ...a sisters { ...a } } } fragment a on Run { id seats }`],
  ['what is skipped', `query ($no: Boolean!) { run { id seats @include(if: $no) day @skip(if: $no) } }`, { no: false }],
  ['a field that fails', `{ run { id broken later } }`],
  ['a needed field that fails', `{ run { id needed } }`],
  ['a needed field that is null', `{ run { id nothing } }`],
  ['a needed root that is null', `{ none { id } }`],
  ['values that their type does not take', `{ odd { id seats day colour } }`],
  ['a null in a list that takes none', `{ odd { id sisters { id } } }`],
  ['a mutation', `mutation { act { __typename ... on Refused { reason } } }`],
  ['an input with its defaults', ECHO, { input: { id: 'x' } }],
  ['a full input', ECHO, { input: { id: 'x', most: null, day: '2026-11-21', colours: ['RED'], more: [{ id: 'y' }] } }],
  ['one that is taken for a list', ECHO, { inputs: { id: 'x', colours: 'BLUE' } }],
  ['no input', ECHO],
  ['a null input', ECHO, { input: null }],
  ['an input that lacks a field', ECHO, { input: { most: 1 } }],
  ['an unknown field', ECHO, { input: { id: 'x', secret: 1 } }],
  ['a wrong enum', ECHO, { input: { id: 'x', colours: ['GREEN', 3] } }],
  ['a wrong day', ECHO, { input: { id: 'x', day: '21' } }],
  ['a number too large', ECHO, { input: { id: 'x', most: 2 ** 40 } }],
  ['text for an input', ECHO, { input: 'x' }],
  ['a prototype', ECHO, JSON.parse('{"input":{"id":"x","__proto__":{"most":1},"constructor":1}}') as never],
  ['a list for an input', ECHO, { input: ['x'] }],
  ['a missing variable', `query ($no: Boolean!) { run { id @skip(if: $no) } }`],
];

describe('an operation that is run by code of its own', () => {
  const operations = new CompiledOperations(schema);
  const asked = (document: DocumentNode, variables?: Record<string, unknown>) => {
    const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    return {
      document,
      operation: operation as OperationDefinitionNode,
      operationName: undefined,
      context: {},
      variables,
    };
  };

  it.each(cases.map(([name, text, variables = {}]) => [name, text, variables] as const))(
    'answers as graphql-js does: %s',
    async (_, text, variables) => {
      const document = parse(text);
      const answers: string[] = [];
      for (let sight = 1; sight <= 4; sight++)
        answers.push(JSON.stringify(await operations.run(asked(document, variables))));
      expect(operations.queryOf(asked(document))).not.toBeNull();
      for (const answer of answers) expect(answer).toBe(answers[0]);
    },
  );

  it('tells every error that makes one thing null, where graphql-js tells the first', async () => {
    const document = parse(`{ run { id sisters { id needed } } }`);
    const answers = [];
    for (let sight = 1; sight <= 3; sight++) answers.push(await operations.run(asked(document)));
    const [interpreted, , compiled] = answers;
    expect(JSON.stringify(compiled?.data)).toBe(JSON.stringify(interpreted?.data));
    expect(JSON.stringify(compiled?.errors?.[0])).toBe(JSON.stringify(interpreted?.errors?.[0]));
    expect([interpreted?.errors?.length, compiled?.errors?.length]).toEqual([1, 2]);
  });

  it('is compiled when it comes for the third time, and not before', () => {
    const document = parse('{ run { id } }');
    const compiled = [1, 2, 3, 4].map(() => operations.queryOf(asked(document)) !== null);
    expect(compiled).toEqual([false, false, true, true]);
  });

  it('is never made of an input that holds itself, on which the compiler would not end', () => {
    const Endless: GraphQLInputObjectType = new GraphQLInputObjectType({
      name: 'Endless',
      fields: () => ({ parts: { type: new GraphQLList(new GraphQLNonNull(Part)) } }),
    });
    const Part = new GraphQLInputObjectType({ name: 'Part', fields: { whole: { type: Endless } } });
    const query = new GraphQLObjectType({
      name: 'Query',
      fields: { find: { type: GraphQLString, args: { by: { type: Part } } } },
    });
    expect(() => new CompiledOperations(new GraphQLSchema({ query }))).toThrow('Part holds itself');
  });

  it('is told when a document has no such operation', async () => {
    const document = parse('query a { run { id } }');
    const { errors } = await operations.run({ ...asked(document), operation: undefined, operationName: 'b' });
    expect(errors?.[0]?.message).toBe('Unknown operation named "b".');
  });
});
