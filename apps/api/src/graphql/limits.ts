import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** The largest request a client of ours needs, with room. */
const MOST = { depth: 12, fields: 400, aliases: 20, directives: 5 };

/**
 * Refuses a request that asks for too much, before any of it runs: depth, fields after fragments are spread, aliases
 * (`__typename` counts), directives, more than one mutation, introspection in production.
 */
export const limits =
  ({ introspection }: { introspection: boolean }) =>
  (context: ValidationContext): ASTVisitor => {
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const node of context.getDocument().definitions)
      if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    const refuse = (message: string) =>
      context.reportError(new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } }));
    return {
      OperationDefinition(operation) {
        const seen = { fields: 0, aliases: 0, directives: 0, depth: 0, introspects: false };
        const walk = (set: SelectionSetNode, depth: number, inside: readonly string[]): void => {
          seen.depth = Math.max(seen.depth, depth);
          for (const selection of set.selections) {
            if (++seen.fields > MOST.fields) return;
            seen.directives += selection.directives?.length ?? 0;
            if (selection.kind === Kind.FIELD) {
              if (selection.alias) seen.aliases++;
              if (selection.name.value === '__schema' || selection.name.value === '__type') seen.introspects = true;
              if (selection.selectionSet) walk(selection.selectionSet, depth + 1, inside);
            } else if (selection.kind === Kind.INLINE_FRAGMENT) {
              walk(selection.selectionSet, depth, inside);
            } else if (!inside.includes(selection.name.value)) {
              const fragment = fragments.get(selection.name.value);
              if (fragment) walk(fragment.selectionSet, depth, [...inside, selection.name.value]);
            }
          }
        };
        walk(operation.selectionSet, 1, []);
        if (seen.introspects && introspection) return;
        if (seen.introspects) refuse('Introspection is off');
        if (seen.fields > MOST.fields) refuse(`At most ${MOST.fields} fields`);
        if (seen.depth > MOST.depth) refuse(`At most ${MOST.depth} levels`);
        if (seen.aliases > MOST.aliases) refuse(`At most ${MOST.aliases} aliases`);
        if (seen.directives > MOST.directives) refuse(`At most ${MOST.directives} directives`);
        if (operation.operation === 'mutation' && operation.selectionSet.selections.length > 1)
          refuse('One mutation a request: each has its own Idempotency-Key');
      },
    };
  };
