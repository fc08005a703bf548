import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { type Actor, Role } from './actor.rules.js';
import { requestOf } from './request.js';
import type { StandingSession } from './session/sessions.service.js';

export const ALLOWED = Symbol('who may call an operation');

export const IN_PERSON = Symbol('no token may call it');
export const ANSWERS_LATE = Symbol('a retired session may call it');

/** Everyone, signed in or not. */
export const ANYONE = 'ANYONE';
/** Everyone who has signed in, whatever the role. */
export const SIGNED_IN = 'SIGNED_IN';
/** Everyone who signs in with a password: graduates have none, and come by their telephone each time. */
export const STAFF = Object.values(Role).filter((role) => role !== Role.GRADUATE) as [Role, ...Role[]];
export type Caller = Role | typeof ANYONE | typeof SIGNED_IN;

/** Who may try an operation at all. Without it nobody may. Which rows they reach is the policy's word. */
export const Allow = (...callers: [Caller, ...Caller[]]) => SetMetadata(ALLOWED, callers);

/**
 * Only a person at a browser may try it: what hands out rights or changes how people come in is in no token's scope.
 */
export const InPerson = () => SetMetadata(IN_PERSON, true);

/** Also answers a session whose place another has taken, so that a late copy of the call learns that it was done. */
export const AnswersLate = () => SetMetadata(ANSWERS_LATE, true);

/** Who is calling. Only on operations that are not open to anyone. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = requestOf(context);
  if (!actor) throw new Error('CurrentActor on an operation that anyone may call');
  return actor;
});

/** The session behind a call, or null when nobody has signed in. */
export const CurrentSession = createParamDecorator(
  (_: unknown, context: ExecutionContext): StandingSession | null => requestOf(context).session ?? null,
);
