import { type DynamicModule, Module, ValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { Rates } from '@app/platform';
import { type Backend, BackendModule } from '@app/backend';
import { graphqlOptions } from './graphql/graphql-options.js';
import { IdempotencyInterceptor } from './graphql/idempotency.interceptor.js';
import { inputMistakes } from './graphql/input-mistakes.js';
import { TrustedDocuments } from './graphql/trusted-documents.js';
import { FailureFilter } from './http/failure.filter.js';
import { HealthController } from './http/health.controller.js';
import { RateInterceptor } from './http/rate.interceptor.js';
import { MetricsController } from './http/metrics.controller.js';
import { WebController } from './http/web.controller.js';

/** Everything that answers over HTTP, closed by default. */
@Module({})
export class ApiModule {
  static over(backend: Backend): DynamicModule {
    const { settings, log, database, keys, clock } = backend;
    const trusted = new TrustedDocuments(settings);
    const rates = new Rates(database, keys, clock, log);
    // A process that is the only one has nobody to share its counts with.
    if (settings.DATABASE_URL) rates.start();
    return {
      module: ApiModule,
      imports: [BackendModule.over(backend), GraphQLModule.forRoot(graphqlOptions(settings, log, trusted))],
      controllers: [HealthController, MetricsController, WebController],
      providers: [
        { provide: TrustedDocuments, useValue: trusted },
        { provide: Rates, useValue: rates },
        { provide: APP_INTERCEPTOR, useClass: RateInterceptor },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
        { provide: APP_FILTER, useClass: FailureFilter },
        {
          provide: APP_PIPE,
          useValue: new ValidationPipe({
            whitelist: true,
            forbidNonWhitelisted: true,
            transform: true,
            stopAtFirstError: true,
            exceptionFactory: inputMistakes,
          }),
        },
      ],
    };
  }
}
