import {
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  type OperationTypeNode,
} from 'graphql';

/** The id that an example is given: of nothing. */
export const SAMPLE_ID = '0193b5a0-0000-7000-8000-000000000000';
const SAMPLES: Record<string, unknown> = {
  ID: SAMPLE_ID,
  String: 'نمونه',
  Int: 1,
  Float: 1,
  Boolean: true,
  Day: '2026-11-21',
  Instant: '2026-11-21T05:30:00.000Z',
};

/** Everything a type tells, with all that hangs on it; what comes back to a type above is left out. */
export function everything(type: GraphQLNamedType, above: GraphQLNamedType[] = []): string {
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
  const shown = fields.flatMap(({ name, type: inner }) => {
    const named = getNamedType(inner);
    if (isLeafType(named)) return [name];
    return above.includes(named) ? [] : [`${name} ${everything(named, [...above, type])}`];
  });
  return `{ ${shown.join(' ')} }`;
}

/** The fields of types that an answer of this type can tell: `CourseRun.number`. */
export function fieldsTold(type: GraphQLNamedType, seen = new Set<string>()): Set<string> {
  if (isUnionType(type)) for (const member of type.getTypes()) fieldsTold(member, seen);
  if (isObjectType(type))
    for (const field of Object.values(type.getFields())) {
      const path = `${type.name}.${field.name}`;
      if (seen.has(path)) continue;
      seen.add(path);
      fieldsTold(getNamedType(field.type), seen);
    }
  return seen;
}

/** A value that the schema takes for a type: what is optional is left out. */
function sample(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sample(type.ofType as GraphQLInputType);
  if (isListType(type)) return [sample(type.ofType as GraphQLInputType)];
  if (isEnumType(type)) return type.getValues().at(-1)?.name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter(({ type: inner }) => isNonNullType(inner))
        .map(({ name, type: inner }) => [name, sample(inner)]),
    );
  return SAMPLES[type.name] ?? 'x';
}

const selection = ({ type }: GraphQLField<unknown, unknown>): string => {
  let named = type as { ofType?: unknown };
  while (named.ofType) named = named.ofType as { ofType?: unknown };
  return isObjectType(named) || isUnionType(named) ? ' { __typename }' : '';
};

/** One operation of the schema, with input that it takes: well-formed, about nothing that exists. */
export interface ExampleOperation {
  /** `Query.courseRuns` */
  name: string;
  query: string;
  variables: Record<string, unknown>;
}

/** Every query, mutation and subscription that the schema has. */
export function exampleOperations(schema: GraphQLSchema): ExampleOperation[] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const;
  return roots.flatMap(([kind, root]) =>
    Object.values(root?.getFields() ?? {}).map((field) => ({
      name: `${root?.name}.${field.name}`,
      ...operation(kind as OperationTypeNode, field),
    })),
  );
}

function operation(kind: OperationTypeNode, field: GraphQLField<unknown, unknown>) {
  const args = field.args.filter(({ type }) => isNonNullType(type));
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  return {
    query: `${kind}${declared && ` (${declared})`} { ${field.name}${passed && `(${passed})`}${selection(field)} }`,
    variables: Object.fromEntries(args.map(({ name, type }) => [name, sample(type)])),
  };
}
