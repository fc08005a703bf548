import type { IncomingMessage } from 'node:http';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLError, getOperationAST, parse, validate, specifiedRules, type GraphQLSchema } from 'graphql';
import { graphqlContext } from '@app/access';
import type { Log, Settings } from '@app/platform';
import { formatError } from './failures.js';
import { limits } from './limits.js';
import { measuresOperations } from './operations.plugin.js';

interface Upgrade {
  extra: { request: IncomingMessage };
}

/** How the API speaks GraphQL: POST and JSON only, limits before anything runs, subscriptions over graphql-ws. */
export function graphqlOptions({ production, publicUrl }: Settings, log: Log): ApolloDriverConfig {
  const rules = [limits({ introspection: !production })];
  let schema: GraphQLSchema;
  return {
    driver: ApolloDriver,
    autoSchemaFile: true,
    sortSchema: true,
    graphiql: false,
    introspection: !production,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    validationRules: rules,
    plugins: [ApolloServerPluginCacheControlDisabled(), measuresOperations],
    formatError: formatError(log),
    transformSchema: (built: GraphQLSchema) => (schema = built),
    context: graphqlContext,
    subscriptions: {
      'graphql-ws': {
        // A page of another site may open a socket with our cookie; a browser says where the page came from.
        onConnect: ({ extra }) => {
          const { origin, host } = (extra as Upgrade['extra']).request.headers;
          return origin === undefined || origin === publicUrl || new URL(origin).host === host;
        },
        onSubscribe: (_context, _id, { query, variables, operationName }) => {
          const document = parse(query, { maxTokens: 2000 });
          const mistakes = validate(schema, document, [...specifiedRules, ...rules]);
          if (mistakes.length > 0) return mistakes;
          if (getOperationAST(document, operationName)?.operation !== 'subscription')
            return [new GraphQLError('Only subscriptions here', { extensions: { code: 'BAD_USER_INPUT' } })];
          return { schema, document, operationName, variableValues: variables } as never;
        },
      },
    },
  };
}
