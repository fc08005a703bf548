import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type FailureCode, Log } from '@app/platform';
import { tell } from '../graphql/failures.js';

const STATUS: Record<FailureCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  TOO_MANY: 429,
  INTERNAL: 500,
};

/** The one shape of errors outside GraphQL; inside it, Apollo's hook tells them. */
@Catch()
export class FailureFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType<'graphql' | 'http'>() === 'graphql') throw error;
    const told = tell(error, this.log);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (told.retryAfterSeconds !== undefined) void reply.header('retry-after', told.retryAfterSeconds);
    void reply.status(STATUS[told.code]).header('cache-control', 'no-store').send(told);
  }
}
