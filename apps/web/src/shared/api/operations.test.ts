import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minifyIntrospection, outputIntrospectionFile } from 'gql.tada/internal';
import { buildSchema, introspectionFromSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { operationTexts } from '../../../trusted-operations.js';

const source = join(import.meta.dirname, '../..');
const schema = buildSchema(readFileSync(join(source, '../../../schema.graphql'), 'utf8'));

const operations = operationTexts(source).map(({ file, text }) => ({
  operation: /\w+ \w+/.exec(text)?.[0] ?? file,
  text,
}));

describe('operations', () => {
  it.each(operations)('$operation is one the API takes', ({ text }) => {
    expect(validate(schema, parse(text))).toEqual([]);
  });

  it('have names of their own, so that a log tells which page asked', () => {
    expect(new Set(operations.map(({ operation }) => operation)).size).toBe(operations.length);
  });

  it('have the types of schema.graphql: gql-tada generate-output -c apps/web/tsconfig.json', () => {
    const types = outputIntrospectionFile(minifyIntrospection(introspectionFromSchema(schema)), {
      fileType: '.d.ts',
      shouldPreprocess: true,
    });
    expect(readFileSync(join(import.meta.dirname, 'graphql-env.d.ts'), 'utf8')).toBe(types);
  });
});
