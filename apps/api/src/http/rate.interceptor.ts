import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { requestOf } from '@app/access';
import { Rates, Settings } from '@app/platform';

/** Counts every operation of an account: each root field by itself, so that one request with many is many. */
@Injectable()
export class RateInterceptor implements NestInterceptor {
  constructor(
    private readonly rates: Rates,
    private readonly settings: Settings,
  ) {}

  /** @throws TooMany */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { actor } = requestOf(context);
    if (actor) this.rates.take('account', actor.userId, this.settings.RATE_PER_ACCOUNT);
    return next.handle();
  }
}
