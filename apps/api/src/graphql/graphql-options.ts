import type { IncomingMessage } from 'node:http';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLError, getOperationAST, parse, validate, specifiedRules, type GraphQLSchema } from 'graphql';
import { graphqlContext } from '@app/access';
import type { ServerOptions } from 'graphql-ws';
import type { Log, Settings } from '@app/platform';
import { CompiledOperations } from './compiled-operations.js';
import { formatError } from './failures.js';
import { limits } from './limits.js';
import { NOT_OURS, type TrustedDocuments } from './trusted-documents.js';
import { measuresOperations } from './operations.plugin.js';

/** Words and signs of one request; the largest of ours has some hundreds. */
const MOST_TOKENS = 2000;
/** Mistakes of a text that are told: what is sent back must not grow with what was sent. */
const MOST_MISTAKES = 5;
/** What one page follows at a time, with room. */
const MOST_SUBSCRIPTIONS = 50;

interface Upgrade {
  extra: { request: IncomingMessage };
}

/** How the API speaks GraphQL: POST and JSON only, limits before anything runs, subscriptions over graphql-ws. */
export function graphqlOptions(
  { production, publicUrl }: Settings,
  log: Log,
  trusted: TrustedDocuments,
): ApolloDriverConfig {
  const rules = [limits({ introspection: !production })];
  let schema: GraphQLSchema;
  const format = formatError(log);
  const told = (error: GraphQLError) => format(error.toJSON(), error);
  // Nest names fewer of these hooks than it hands on.
  const sockets = {
    // A page of another site may open a socket with our cookie; a browser says where the page came from.
    onConnect: ({ extra }) => {
      const { origin, host } = (extra as Upgrade['extra']).request.headers;
      return origin === undefined || origin === publicUrl || new URL(origin).host === host;
    },
    onSubscribe: ({ subscriptions }, _id, { query, variables, operationName }) => {
      if (Object.keys(subscriptions).length > MOST_SUBSCRIPTIONS)
        return [new GraphQLError('Too many at once on one socket', { extensions: { code: 'TOO_MANY' } })];
      if (!trusted.has(query)) return [new GraphQLError(NOT_OURS, { extensions: { code: 'BAD_USER_INPUT' } })];
      const document = parse(query, { maxTokens: MOST_TOKENS });
      const mistakes = validate(schema, document, [...specifiedRules, ...rules]);
      if (mistakes.length > 0) return mistakes;
      if (getOperationAST(document, operationName)?.operation !== 'subscription')
        return [new GraphQLError('Only subscriptions here', { extensions: { code: 'BAD_USER_INPUT' } })];
      return { schema, document, operationName, variableValues: variables } as never;
    },
    // What Apollo's hook does for a request: six codes, and nothing of what went wrong inside.
    onError: (_context, _id, _payload, errors) => errors.map(told),
    onNext: (_context, _id, _payload, _args, result) =>
      result.errors ? { ...result, errors: result.errors.map(told) as never } : undefined,
  } satisfies Partial<ServerOptions>;
  // Apollo leaves the running of operations to what it calls a gateway; ours is in the same process.
  const gateway: ApolloServerOptionsWithGateway<object>['gateway'] = {
    load: async () => {
      const operations = new CompiledOperations(schema);
      return {
        executor: ({ document, operation, context, request: { operationName, variables } }) =>
          operations.run({ document, operation, context, operationName, variables }) as never,
      };
    },
    onSchemaLoadOrUpdate: (tell) => {
      tell({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => {};
    },
    stop: async () => {},
  };
  return {
    driver: ApolloDriver,
    // Nest hands it on, and does not name it.
    ...({ gateway } as object),
    autoSchemaFile: true,
    sortSchema: true,
    graphiql: false,
    introspection: !production,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    // A text may not be kept by one caller and asked for by its hash by another.
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    // Else a misspelt name is answered with the right one.
    hideSchemaDetailsFromClientErrors: production,
    validationRules: rules,
    validationOptions: { maxErrors: MOST_MISTAKES },
    parseOptions: { maxTokens: MOST_TOKENS },
    plugins: [ApolloServerPluginCacheControlDisabled(), measuresOperations],
    formatError: format,
    transformSchema: (built: GraphQLSchema) => (schema = built),
    context: graphqlContext,
    subscriptions: {
      'graphql-ws': sockets,
    },
  };
}
