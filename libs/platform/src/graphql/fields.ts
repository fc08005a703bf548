import { Extensions, Field, type FieldOptions, type ReturnTypeFunc } from '@nestjs/graphql';
import { classifyName, FieldClass } from '../database/columns.js';

type Words = [options?: FieldOptions] | [type: ReturnTypeFunc, options?: FieldOptions];

/** The class of a field that a resolver's method answers: beside `@ResolveField`. */
export const Classed =
  (fieldClass: FieldClass) =>
  (target: object, property: string | symbol): void => {
    Extensions({ class: fieldClass })(target, property as string);
    classifyName(String(property), fieldClass);
  };

/**
 * A field of the API with its class, which stands in the schema's `extensions.class`. There is no word for a field
 * without one. Logs mask what is personal or secret by the names of these fields.
 */
const fieldOf =
  (fieldClass: FieldClass) =>
  (...words: Words): PropertyDecorator =>
  (target, property) => {
    (Field as (...given: Words) => PropertyDecorator)(...words)(target, property);
    Classed(fieldClass)(target, property);
  };

/** What anyone may know: the catalogue, the calendar, what stands on a public page. */
export const PublicField = fieldOf(FieldClass.PUBLIC);
/** What everyone may know who may see the row. */
export const InternalField = fieldOf(FieldClass.INTERNAL);
/** What is about a person: shown masked, or to those who work with them; never logged. */
export const PersonalField = fieldOf(FieldClass.PERSONAL);
/** What opens a door: shown once or never; never logged. */
export const SecretField = fieldOf(FieldClass.SECRET);

/** An operation that no figure counts, because that it is called at all is a secret. Beside `@Query` or `@Mutation`. */
export const Untold = (): MethodDecorator => Extensions({ untold: true }) as MethodDecorator;
