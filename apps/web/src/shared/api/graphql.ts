import type { initGraphQLTada, ResultOf, TadaDocumentNode, VariablesOf } from 'gql.tada';
import type { introspection } from './graphql-env.js';

type Schema = { introspection: introspection; scalars: { Day: string; Instant: string; ID: string } };
type TypedGraphql = ReturnType<typeof initGraphQLTada<Schema>>;

/**
 * Writes an operation; its types come from schema.graphql. At run time it is only its text with its fragments: the
 * browser needs no parser of GraphQL.
 */
export const graphql = ((text: string, fragments: readonly unknown[] = []) =>
  [...new Set([text, ...fragments])].join('\n')) as unknown as TypedGraphql;

export type Operation<Result, Variables> = TadaDocumentNode<Result, Variables>;
export type { ResultOf, VariablesOf };

type Types = introspection['types'];

/** The values of an enum of the API, for a map that must name each of them. */
export type EnumOf<Name extends keyof Types> = Types[Name] extends { enumValues: infer Values extends string }
  ? Values
  : never;

/** The fields of a type of the API, by name. */
export type Fields<Name extends keyof Types> = Types[Name] extends { fields: infer F } ? F : never;
