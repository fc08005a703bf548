import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { asCall, BadInput } from '@app/platform';

const KEY = /^[A-Za-z0-9_-]{16,64}$/;

/** Runs every mutation under the key its client made, so that a copy of the request finds the answer of the first. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<'graphql' | 'http'>() !== 'graphql') return next.handle();
    const graphql = GqlExecutionContext.create(context);
    const info = graphql.getInfo<GraphQLResolveInfo>();
    if (info.parentType.name !== 'Mutation') return next.handle();
    const { req } = graphql.getContext<{ req: { headers: Record<string, unknown> } }>();
    const key = req.headers['idempotency-key'];
    if (typeof key !== 'string' || !KEY.test(key)) throw new BadInput(NO_KEY);
    return from(
      asCall(key, info.fieldName, graphql.getArgs(), async (call) => {
        const answer: unknown = await lastValueFrom(next.handle());
        if (!call.written) throw new Error(`${info.fieldName} wrote nothing under its key`);
        return answer;
      }),
    );
  }
}

const NO_KEY = {
  field: 'Idempotency-Key',
  messageFa: 'هر تغییر باید سرایند Idempotency-Key با ۱۶ تا ۶۴ نویسه داشته باشد؛ برای هر کار تازه یک کلید تازه بسازید.',
  messageEn: 'Every mutation needs an Idempotency-Key header of 16 to 64 characters; make a new one for each new act.',
};
