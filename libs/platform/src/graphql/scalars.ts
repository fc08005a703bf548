import { isDate } from 'node:util/types';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const isDay = (text: unknown): text is string =>
  typeof text === 'string' && DAY.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

const day = (value: unknown): string => {
  try {
    if (isDay(value)) return value;
  } catch {
    // an impossible day, such as the 32nd
  }
  throw new GraphQLError('A day is written YYYY-MM-DD, Gregorian', { extensions: { code: 'BAD_USER_INPUT' } });
};

const instant = (value: unknown): Date => {
  const at = typeof value === 'string' || isDate(value) ? new Date(value) : new Date(NaN);
  if (Number.isNaN(at.getTime()))
    throw new GraphQLError('An instant is written YYYY-MM-DDTHH:MM:SS.mmmZ', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  return at;
};

/** A day in Iran: `YYYY-MM-DD`, Gregorian. */
export const DayScalar = new GraphQLScalarType<string, string>({
  name: 'Day',
  description: 'A day in Iran: YYYY-MM-DD, Gregorian',
  serialize: day,
  parseValue: day,
  parseLiteral: (node) => day(node.kind === Kind.STRING ? node.value : null),
});

/** An instant, UTC with milliseconds. */
export const InstantScalar = new GraphQLScalarType<Date, string>({
  name: 'Instant',
  description: 'An instant: ISO 8601, UTC with milliseconds',
  serialize: (value) => instant(value).toISOString(),
  parseValue: instant,
  parseLiteral: (node) => instant(node.kind === Kind.STRING ? node.value : null),
});
