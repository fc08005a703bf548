import { type DynamicModule, Module, ValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { type Backend, BackendModule } from '@app/backend';
import { graphqlOptions } from './graphql/graphql-options.js';
import { IdempotencyInterceptor } from './graphql/idempotency.interceptor.js';
import { inputMistakes } from './graphql/input-mistakes.js';
import { FailureFilter } from './http/failure.filter.js';
import { HealthController } from './http/health.controller.js';
import { MetricsController } from './http/metrics.controller.js';
import { WebController } from './http/web.controller.js';

/** Everything that answers over HTTP, closed by default. */
@Module({})
export class ApiModule {
  static over(backend: Backend): DynamicModule {
    return {
      module: ApiModule,
      imports: [BackendModule.over(backend), GraphQLModule.forRoot(graphqlOptions(backend.settings, backend.log))],
      controllers: [HealthController, MetricsController, WebController],
      providers: [
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
