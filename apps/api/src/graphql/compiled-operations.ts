import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getNamedType,
  GraphQLError,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  isInputObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';

/** Compiling costs as much as some dozen answers: it waits until a text comes again. */
const COMPILED_AT_SIGHT = 3;

/** One operation to be run, as Apollo's pipeline has parsed and validated it. */
interface Operation {
  document: DocumentNode;
  /** Missing when the document has none of that name. */
  operation: OperationDefinitionNode | undefined;
  operationName: string | undefined;
  context: unknown;
  variables: Record<string, unknown> | undefined;
}

/**
 * Runs operations by code of their own (graphql-jit), which answers the same bytes as graphql-js with half of the work.
 * What is compiled hangs on the parsed text and goes when Apollo forgets it: the server keeps no more than Apollo does.
 */
export class CompiledOperations {
  private readonly sights = new WeakMap<OperationDefinitionNode, number>();
  private readonly compiled = new WeakMap<OperationDefinitionNode, CompiledQuery['query'] | null>();

  /** @throws Error an input type holds itself: the compiler would not come to its end */
  constructor(private readonly schema: GraphQLSchema) {
    for (const type of Object.values(schema.getTypeMap())) if (isInputObjectType(type)) assertEnds(type, []);
  }

  async run(asked: Operation): Promise<ExecutionResult> {
    const query = this.queryOf(asked);
    if (!query) return this.interpret(asked);
    const result = (await query(undefined, asked.context, asked.variables)) as ExecutionResult;
    // Without data nothing was run: the variables do not fit, which graphql-js says in the words that clients know.
    if (!('data' in result)) return this.interpret(asked);
    const { data, errors } = result;
    return errors ? { errors: errors.map(asGraphqlError), data } : result;
  }

  /** The code of an operation; null while it is new, or when it cannot be compiled. */
  queryOf({ document, operation, operationName }: Operation): CompiledQuery['query'] | null {
    if (!operation) return null;
    const known = this.compiled.get(operation);
    if (known !== undefined) return known;
    const sights = (this.sights.get(operation) ?? 0) + 1;
    this.sights.set(operation, sights);
    if (sights < COMPILED_AT_SIGHT) return null;
    const compiled = compileQuery(this.schema, document, operationName);
    const query = isCompiledQuery(compiled) ? compiled.query : null;
    this.compiled.set(operation, query);
    return query;
  }

  private interpret({ document, operationName, context, variables }: Operation): Promise<ExecutionResult> {
    return Promise.resolve(
      execute({
        schema: this.schema,
        document,
        contextValue: context,
        operationName: operationName ?? null,
        variableValues: variables ?? null,
      }),
    );
  }
}

/** The compiler has errors of its own class, which Apollo does not take for any. */
function asGraphqlError({ message, path, locations, originalError }: GraphQLError): GraphQLError {
  return Object.assign(new GraphQLError(message, { path, originalError }), { locations });
}

function assertEnds(type: GraphQLInputObjectType, inside: readonly GraphQLInputObjectType[]): void {
  if (inside.includes(type)) throw new Error(`The input ${type.name} holds itself`);
  for (const { type: part } of Object.values(type.getFields())) {
    const named = getNamedType(part);
    if (isInputObjectType(named)) assertEnds(named, [...inside, type]);
  }
}
