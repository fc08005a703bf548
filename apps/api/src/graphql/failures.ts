import { unwrapResolverError } from '@apollo/server/errors';
import { HttpException } from '@nestjs/common';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { Failure, type FailureCode, type FieldMistake, type Log, newId, TooMany } from '@app/platform';

const CODES = new Set<string>(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'TOO_MANY', 'INTERNAL']);
/** Apollo's own codes for a request that cannot be understood. */
const UNREADABLE = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** What a client is told of a failure: one of six codes, the fields at fault, or an id to ask us about. */
interface Told {
  code: FailureCode;
  message: string;
  fields?: FieldMistake[];
  retryAfterSeconds?: number;
  errorId?: string;
}

/** Tells a failure to the client, and an unexpected one to the log, under an id that both know. */
export function tell(error: unknown, log: Log): Told {
  if (error instanceof TooMany)
    return { code: error.code, message: error.message, retryAfterSeconds: error.retryAfterSeconds };
  if (error instanceof Failure)
    return { code: error.code, message: error.message, ...(error.fields.length > 0 && { fields: error.fields }) };
  if (error instanceof HttpException && error.getStatus() < 500)
    return { code: httpCode(error), message: error.message };
  const errorId = newId();
  log.error({ error, errorId }, 'unexpected failure');
  return { code: 'INTERNAL', message: 'Something went wrong on our side', errorId };
}

const httpCode = (error: HttpException): FailureCode =>
  error.getStatus() === 404
    ? 'NOT_FOUND'
    : error.getStatus() === 403
      ? 'FORBIDDEN'
      : error.getStatus() === 401
        ? 'UNAUTHENTICATED'
        : 'BAD_USER_INPUT';

/** Apollo's hook: the one shape in which errors leave the API. */
export const formatError =
  (log: Log) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { path } = formatted;
    const original = unwrapResolverError(error);
    const code = formatted.extensions?.code;
    if (original instanceof GraphQLError || UNREADABLE.has(String(code))) {
      const known = CODES.has(String(code)) && code !== 'INTERNAL';
      const fields = formatted.extensions?.fields;
      // What graphql-js itself says before any field is asked is about the request, with a code or without.
      const ofRequest = !path && original instanceof GraphQLError && !original.originalError;
      if (known || ofRequest || UNREADABLE.has(String(code)))
        return {
          message: formatted.message,
          ...(path && { path }),
          extensions: { code: known ? code : 'BAD_USER_INPUT', ...(fields !== undefined && { fields }) },
        };
    }
    const { message, ...extensions } = tell(original, log);
    return { message, ...(path && { path }), extensions };
  };
