import {
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';
import { everything } from './example-operation.js';

type Field = GraphQLField<unknown, unknown>;

/** A query, or a subscription, for all that it tells, with the arguments that are given. */
export function readingText({ name, args, type }: Field, variables: object, verb = 'query'): string {
  const used = args.filter((arg) => arg.name in variables);
  const declared = used.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = used.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  return `${verb} ${declared && `(${declared})`} { ${name}${passed && `(${passed})`} ${everything(getNamedType(type))} }`;
}

/** Everything of an object that is told without going deeper; `__typename` also tells a refusal from an effect. */
const leaves = (type: GraphQLObjectType) => [
  '__typename',
  ...Object.values(type.getFields())
    .filter(({ type: inner, args }) => isLeafType(getNamedType(inner)) && !args.some(isRequiredArgument))
    .map(({ name }) => name),
];

/** A mutation for what its answer tells at once. */
export function mutationText({ name, args, type }: Field): string {
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const named = getNamedType(type);
  // A refusal's reason may have the name of another member's field, but not its type: `__typename` is enough of it.
  const member = (one: GraphQLObjectType) => (one.name.endsWith('Refused') ? ['__typename'] : leaves(one)).join(' ');
  const shown = isObjectType(named)
    ? `{ ${leaves(named).join(' ')} }`
    : isUnionType(named)
      ? `{ ${named
          .getTypes()
          .map((one) => `... on ${one.name} { ${member(one)} }`)
          .join(' ')} }`
      : '';
  return `mutation ${declared && `(${declared})`} { ${name} ${passed && `(${passed})`} ${shown} }`;
}
