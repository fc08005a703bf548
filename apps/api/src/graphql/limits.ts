import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** The largest request a client of ours needs, with room. */
const MOST = { depth: 12, fields: 400, aliases: 20, directives: 5, cost: 20_000 };
/** The longest page there is; what a variable asks for is not known while a text is judged. */
const LONGEST_PAGE = 100;
/** What a list that is not cut into pages counts as: rooms of an institute, appointments of a trainer. */
const PLAIN_LIST = 10;

/**
 * Refuses a request that asks for too much, before any of it runs: depth, fields after fragments are spread, aliases
 * (`__typename` counts), directives, cost, more than one mutation, introspection in production. The cost is the number
 * of fields of an answer whose lists are as long as the text says: the sizes of lists inside one another multiply.
 */
export const limits =
  ({ introspection }: { introspection: boolean }) =>
  (context: ValidationContext): ASTVisitor => {
    const schema = context.getSchema();
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const node of context.getDocument().definitions)
      if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    const refuse = (message: string, more: object = {}) =>
      context.reportError(new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', ...more } }));
    return {
      OperationDefinition(operation) {
        const seen = { fields: 0, aliases: 0, directives: 0, depth: 0, cost: 0, introspects: false };
        const walk = (set: SelectionSetNode, depth: number, inside: readonly string[], within: Within): void => {
          seen.depth = Math.max(seen.depth, depth);
          for (const selection of set.selections) {
            if (++seen.fields > MOST.fields) return;
            seen.directives += selection.directives?.length ?? 0;
            if (selection.kind === Kind.FIELD) {
              if (selection.alias) seen.aliases++;
              if (selection.name.value === '__schema' || selection.name.value === '__type') seen.introspects = true;
              seen.cost += within.times;
              if (selection.selectionSet) walk(selection.selectionSet, depth + 1, inside, insideOf(selection, within));
            } else if (selection.kind === Kind.INLINE_FRAGMENT) {
              const named = selection.typeCondition && schema.getType(selection.typeCondition.name.value);
              walk(selection.selectionSet, depth, inside, { ...within, type: named ?? within.type });
            } else if (!inside.includes(selection.name.value)) {
              const fragment = fragments.get(selection.name.value);
              const type = fragment && schema.getType(fragment.typeCondition.name.value);
              if (fragment) walk(fragment.selectionSet, depth, [...inside, selection.name.value], { ...within, type });
            }
          }
        };
        walk(operation.selectionSet, 1, [], { type: schema.getRootType(operation.operation), times: 1 });
        if (seen.introspects && introspection) return;
        if (seen.introspects) refuse('Introspection is off');
        if (seen.fields > MOST.fields) refuse(`At most ${MOST.fields} fields`);
        if (seen.depth > MOST.depth) refuse(`At most ${MOST.depth} levels`);
        if (seen.aliases > MOST.aliases) refuse(`At most ${MOST.aliases} aliases`);
        if (seen.directives > MOST.directives) refuse(`At most ${MOST.directives} directives`);
        if (seen.cost > MOST.cost) refuse(`This costs ${seen.cost}, at most ${MOST.cost} is answered`, tooCostly(seen));
        if (operation.operation === 'mutation' && operation.selectionSet.selections.length > 1)
          refuse('One mutation a request: each has its own Idempotency-Key');
      },
    };
  };

/** Where in a text one stands. */
interface Within {
  /** What the fields are of; missing where the text names what the schema has not. */
  type: GraphQLNamedType | null | undefined;
  /** How often each field is answered. */
  times: number;
  /** How long the lists of a page are. */
  page?: number;
}

function insideOf(node: FieldNode, { type, times, page }: Within): Within {
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
  if (!field) return { type: undefined, times };
  const isList = isListType(getNullableType(field.type)) && !isLeafType(getNamedType(field.type));
  const asked = pageOf(field, node);
  return {
    type: getNamedType(field.type),
    times: isList ? times * (page ?? PLAIN_LIST) : times,
    ...(asked !== undefined && { page: asked }),
  };
}

/** How many of a list a field is asked for, when it takes `first`. */
function pageOf({ args }: GraphQLField<unknown, unknown>, node: FieldNode): number | undefined {
  const first = args.find(({ name }) => name === 'first');
  if (!first) return undefined;
  const given = node.arguments?.find(({ name }) => name.value === 'first')?.value;
  if (given?.kind === Kind.INT) return Math.min(Math.max(Number(given.value), 1), LONGEST_PAGE);
  return given ? LONGEST_PAGE : Number(first.defaultValue ?? LONGEST_PAGE);
}

const tooCostly = ({ cost }: { cost: number }) => ({
  fields: [
    {
      field: 'query',
      messageFa: `هزینهٔ این پرسش ${cost} است و بیش از ${MOST.cost} پاسخ داده نمی‌شود. first را کوچک‌تر کنید و عدد آن را در خود متن بنویسید (متغیر ${LONGEST_PAGE} شمرده می‌شود)، یا فیلدهای کمتری از فهرست‌ها بخواهید.`,
      messageEn: `This query costs ${cost}, and no more than ${MOST.cost} is answered. Ask for a smaller first and write its number in the text (a variable counts as ${LONGEST_PAGE}), or for fewer fields of lists.`,
    },
  ],
});
