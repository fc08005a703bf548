import { describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type GraphQLField, type GraphQLInputField, isInputObjectType, isObjectType } from 'graphql';
import { FieldClass, personalProperties } from '@app/platform';
import { testApi } from './test-api.js';

/** What is never told in the clear, by the name that a field would have. */
const MASKED = /^(nationalId|fatherName|birthDay|birthDate|mobile|address)$/;
/** Types that tell it all the same, and why they may. */
const TOLD: Record<string, string> = {
  ClassListImportRow: 'what the file says that the caller has handed in, to be compared with it',
  RevealedPerson: 'what was asked for with a reason, counted and on record',
};

describe('the classes of fields', () => {
  const api = testApi({ jobs: 0 });

  /** Every field of the schema but the operations themselves, which tell what their types tell. */
  const fields = () => {
    const { schema } = api.app.get(GraphQLSchemaHost);
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    return Object.values(schema.getTypeMap())
      .filter((type) => (isObjectType(type) || isInputObjectType(type)) && !type.name.startsWith('__'))
      .filter((type) => !roots.some((root) => root === type))
      .flatMap((type) =>
        Object.values((isObjectType(type) || isInputObjectType(type) ? type.getFields() : {}) as object).map(
          (field: GraphQLField<unknown, unknown> | GraphQLInputField) => ({
            path: `${type.name}.${field.name}`,
            type: type.name,
            name: field.name,
            isTold: isObjectType(type),
            fieldClass: field.extensions.class as FieldClass | undefined,
          }),
        ),
      );
  };

  it('8.1.2 are declared beside each', () => {
    const all = fields();
    expect(all.length).toBeGreaterThan(350);
    expect(all.filter(({ fieldClass }) => !Object.values(FieldClass).includes(fieldClass as FieldClass))).toEqual([]);
    process.stdout.write(
      `fields: ${Object.values(FieldClass)
        .map((one) => `${all.filter(({ fieldClass }) => fieldClass === one).length} ${one}`)
        .join()}\n`,
    );
  });

  it('call personal what a column of that name keeps sealed', () => {
    const sealed = new Set(
      api.backend.dataSource.entityMetadatas.flatMap(({ target }) => [...personalProperties(target as object)]),
    );
    // An upload keeps the name of the caller's file; a document of ours is named by numbers of papers.
    sealed.delete('fileName');
    const wrong = fields().filter(({ name, fieldClass }) => sealed.has(name) && fieldClass !== FieldClass.PERSONAL);
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('15.3.1 let no list tell an ID, a birthday, a number or a father in the clear', () => {
    const told = fields().filter(({ name, isTold, type }) => isTold && MASKED.test(name) && !TOLD[type]);
    expect(told.map(({ path }) => path)).toEqual([]);
  });

  it('tell a birth date, which opens sign-in, in no answer', () => {
    const told = fields().filter(({ name, isTold }) => isTold && /birth(Day|Date)$/i.test(name));
    expect(told.map(({ path }) => path)).toEqual([]);
  });
});
