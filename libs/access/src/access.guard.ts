import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { Forbidden, Unauthenticated } from '@app/platform';
import type { Bounds, RoleInBounds } from './access.rules.js';
import { type Actor, Role } from './actor.rules.js';
import { ALLOWED, ANSWERS_LATE, ANYONE, type Caller, IN_PERSON, SIGNED_IN } from './allow.js';
import { type GuardedRequest, requestOf } from './request.js';
import { bearerOf, SessionCookie } from './session/session-cookie.js';
import { Sessions, type StandingSession } from './session/sessions.service.js';
import { SessionKind } from './session/sign-in-session.entity.js';

const CHANGES_NOTHING = ['GET', 'HEAD', 'OPTIONS'];

/** Stands before every operation, http and GraphQL. What does not say who may call it is closed to all. */
@Injectable()
export class AccessGuard implements CanActivate {
  /** One session read for all fields of an operation. */
  private readonly read = new WeakMap<object, Promise<StandingSession | null>>();

  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
  ) {}

  /**
   * @throws Forbidden        nobody may, the caller's role may not, or a page of another site has sent this
   * @throws Unauthenticated  nobody has signed in, or the session has ended
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const told = <T>(key: symbol) =>
      this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
    const callers = told<Caller[]>(ALLOWED);
    if (!callers) throw new Forbidden();

    const request = requestOf(context);
    const opened = await this.sessionOf(context, request);
    const session = opened?.retired && !told(ANSWERS_LATE) ? null : opened;
    if (session && this.isForged(context, request, session)) throw new Forbidden();
    delete request.session;
    delete request.actor;
    if (session) {
      request.session = session;
      request.actor = actorOf(session);
    }
    if (session?.scopes && !inScope(session.scopes, operationOf(context), Boolean(told(IN_PERSON))))
      throw new Forbidden();
    if (callers.includes(ANYONE)) return true;
    if (!session) throw new Unauthenticated();
    if (!callers.includes(SIGNED_IN) && !callers.includes(session.role)) throw new Forbidden();
    return true;
  }

  private sessionOf(context: ExecutionContext, request: GuardedRequest): Promise<StandingSession | null> {
    const operation =
      context.getType<string>() === 'graphql' ? GqlExecutionContext.create(context).getContext<object>() : request;
    const known = this.read.get(operation);
    if (known) return known;
    const session = this.open(request);
    this.read.set(operation, session);
    return session;
  }

  private async open({ headers }: GuardedRequest): Promise<StandingSession | null> {
    const bearer = bearerOf(headers);
    const token = bearer ?? this.cookie.token(headers);
    const session = token ? await this.sessions.standing(token, bearer === undefined) : null;
    if (session) await this.sessions.seen(session);
    return session;
  }

  /** Apollo checks GraphQL over http itself. A web socket's opening says where it came from when a browser made it. */
  private isForged(
    context: ExecutionContext,
    { method = 'GET', headers }: GuardedRequest,
    { kind }: StandingSession,
  ): boolean {
    // No browser sends a bearer token of itself.
    if (kind !== SessionKind.BROWSER) return false;
    if (headers.upgrade === 'websocket') return headers.origin !== undefined && !this.cookie.isFromOwnPage(headers);
    if (context.getType<string>() === 'graphql' || CHANGES_NOTHING.includes(method)) return false;
    return !this.cookie.isFromOwnPage(headers);
  }
}

/** The name of what is called: of a GraphQL operation's field, or of the method that answers over http. */
const operationOf = (context: ExecutionContext): string =>
  context.getType<string>() === 'graphql'
    ? GqlExecutionContext.create(context).getInfo<{ fieldName: string }>().fieldName
    : context.getHandler().name;

/** A8: a token may try what its scopes name and nothing else; who may open a document may also fetch it. */
const inScope = (scopes: readonly string[], operation: string, inPerson: boolean): boolean =>
  !inPerson && scopes.includes(operation === 'download' ? 'openDocument' : operation);

/** @throws Error the grant lacks an id that bounds its role: rows are made with all of them */
export function actorOf({ userId, ...grant }: RoleInBounds & { userId: string }): Actor {
  const bound = (name: keyof Bounds): string => {
    const id = grant[name];
    if (!id) throw new Error(`The grant of ${grant.role} has no ${name}`);
    return id;
  };
  const { role } = grant;
  switch (role) {
    case Role.ADMINISTRATOR:
    case Role.NATIONAL_OFFICER:
      return { role, userId };
    case Role.PROVINCIAL_OFFICER:
    case Role.ASSESSOR:
    case Role.EXAMINER:
    case Role.EMPLOYER:
      return { role, userId, provinceCode: bound('provinceCode') };
    case Role.COUNTY_OFFICER:
      return { role, userId, provinceCode: bound('provinceCode'), officeId: bound('officeId') };
    case Role.INSTITUTE_MANAGER:
      return {
        ...{ role, userId, provinceCode: bound('provinceCode') },
        ...{ officeId: bound('officeId'), instituteId: bound('instituteId') },
      };
    case Role.TRAINER:
      return { role, userId, provinceCode: bound('provinceCode'), trainerId: bound('trainerId') };
    case Role.ASSOCIATION_MANAGER:
    case Role.CASE_WORKER:
      return { role, userId, provinceCode: bound('provinceCode'), branchId: bound('branchId') };
    case Role.GRADUATE:
      return { role, userId, traineeId: bound('traineeId') };
  }
}
