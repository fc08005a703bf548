import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { GqlArgumentsHost } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import { type Actor, Denials, type GraphqlContext } from '@app/access';
import { Failure, type FailureCode, Log } from '@app/platform';
import { tell } from '../graphql/failures.js';

const STATUS: Record<FailureCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  TOO_MANY: 429,
  INTERNAL: 500,
};
const DENIED: FailureCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'];

/** The one way out for errors: who was turned away is put on record, then told. */
@Catch()
export class FailureFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly denials: Denials,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    if (host.getType<'graphql' | 'http'>() === 'graphql') {
      const graphql = GqlArgumentsHost.create(host);
      const { req } = graphql.getContext<GraphqlContext>();
      const { fieldName } = graphql.getInfo<GraphQLResolveInfo>();
      await this.note(error, { ...req, ip: req.ip ?? '' }, fieldName, graphql.getArgs());
      // Apollo's hook tells it.
      throw error;
    }
    const request = host.switchToHttp().getRequest<FastifyRequest & { actor?: Actor }>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    await this.note(error, request, `${request.method} ${request.routeOptions.url}`, request.params);
    const told = tell(error, this.log);
    if (told.retryAfterSeconds !== undefined) void reply.header('retry-after', told.retryAfterSeconds);
    void reply.status(STATUS[told.code]).header('cache-control', 'no-store').send(told);
  }

  private async note(error: unknown, { actor, ip }: { actor?: Actor; ip: string }, operation: string, input: unknown) {
    if (error instanceof Failure && DENIED.includes(error.code))
      await this.denials.note({ ...(actor && { actor }), address: ip, operation, code: error.code, input });
  }
}
