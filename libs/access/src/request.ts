import type { ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Actor } from './actor.rules.js';
import type { Headers, Reply } from './session/session-cookie.js';
import type { StandingSession } from './session/sessions.service.js';

/** A request of http or the one that opened a web socket, with what the guard leaves on it. */
export interface GuardedRequest {
  method?: string;
  headers: Headers;
  /** Fastify's word for who called; the request of a web socket has none. */
  ip?: string;
  actor?: Actor;
  session?: StandingSession;
}

/** What every GraphQL operation is given. The reply is missing behind a web socket. */
export interface GraphqlContext {
  req: GuardedRequest;
  reply?: Reply;
}

/** Makes the context of an operation, for the GraphQL module: of a Fastify request and reply, or of a graphql-ws message. */
export const graphqlContext = (
  from: GuardedRequest | { extra: { request: GuardedRequest } },
  reply?: Reply,
): GraphqlContext => ('extra' in from ? { req: from.extra.request } : { req: from, ...(reply && { reply }) });

/** The http request behind an operation, or the connection behind a subscription. */
export const requestOf = (context: ExecutionContext): GuardedRequest =>
  context.getType<'graphql' | 'http'>() === 'graphql'
    ? GqlExecutionContext.create(context).getContext<GraphqlContext>().req
    : context.switchToHttp().getRequest<GuardedRequest>();
