import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Actor, Role } from './actor.js';

export const ALLOWED = Symbol('who may call an operation');

/** Everyone, signed in or not. */
export const ANYONE = 'ANYONE';
/** Everyone who has signed in, whatever the role. */
export const SIGNED_IN = 'SIGNED_IN';
export type Caller = Role | typeof ANYONE | typeof SIGNED_IN;

/** Who may try an operation at all. Without it nobody may. Which rows they reach is the policy's word. */
export const Allow = (...callers: [Caller, ...Caller[]]) => SetMetadata(ALLOWED, callers);

/** What the guard leaves on a request, http or GraphQL. */
export interface WithActor {
  actor?: Actor;
}

/** Who is calling. Only on operations that are not open to anyone. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = requestOf(context);
  if (!actor) throw new Error('CurrentActor on an operation that anyone may call');
  return actor;
});

/** The http request behind an operation, or the connection behind a subscription. */
export function requestOf(context: ExecutionContext): WithActor {
  if (context.getType<'graphql' | 'http'>() === 'graphql')
    return GqlExecutionContext.create(context).getContext<{ req: WithActor }>().req;
  return context.switchToHttp().getRequest<WithActor>();
}
