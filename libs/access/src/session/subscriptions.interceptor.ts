import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { map, type Observable } from 'rxjs';
import { Unauthenticated } from '@app/platform';
import { requestOf } from '../request.js';
import { SessionCookie } from './session-cookie.js';
import { Sessions } from './sessions.service.js';

/** The guard stands before a subscription; this stands before each of its values, which may come much later. */
@Injectable()
export class SubscriptionsEndWithSession implements NestInterceptor {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<string>() !== 'graphql') return next.handle();
    const { parentType } = GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>();
    const request = requestOf(context);
    const token = this.cookie.token(request.headers);
    if (parentType.name !== 'Subscription' || !request.session || !token) return next.handle();
    const stands = async () => (await this.sessions.standing(token)) !== null;
    return next.handle().pipe(map((values: AsyncIterator<unknown>) => whileIt(stands, values)));
  }
}

function whileIt<T>(stands: () => Promise<boolean>, values: AsyncIterator<T>): AsyncIterableIterator<T> {
  return {
    async next() {
      const result = await values.next();
      if (result.done || (await stands())) return result;
      await values.return?.();
      throw new Unauthenticated();
    },
    async return() {
      await values.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
