import { Module } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import type { Backend } from './backend.js';
import { BackendModule } from './backend.module.js';

const RESOLVER = 'graphql:resolver_type';

@Module({ imports: [GraphQLSchemaBuilderModule] })
class SchemaModule {}

/** The GraphQL schema as the code says it, sorted, without starting the API. */
export async function schemaText(backend: Backend): Promise<string> {
  const app = await NestFactory.createApplicationContext(
    { module: SchemaModule, imports: [BackendModule.over(backend)] },
    { logger: ['error'], abortOnError: false },
  );
  const providers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.providers.values()]);
  const resolvers = providers.flatMap(({ metatype }) =>
    typeof metatype === 'function' && Reflect.hasMetadata(RESOLVER, metatype) ? [metatype] : [],
  );
  const schema = await app.get(GraphQLSchemaFactory).create(resolvers);
  await app.close();
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
