import { isDate } from 'node:util/types';
import { DAYS_MEANT, isDay } from '@app/persian';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const HANDED_IN = `from ${DAYS_MEANT.first} to ${DAYS_MEANT.last}`;

const day = (value: unknown): string => {
  if (typeof value === 'string' && isDay(value)) return value;
  throw new GraphQLError('A day is written YYYY-MM-DD, Gregorian');
};

/** A day of many centuries away is a slip, and reckoning on from it would leave the calendar. */
const givenDay = (value: unknown): string => {
  if (typeof value === 'string' && isDay(value) && value >= DAYS_MEANT.first && value <= DAYS_MEANT.last) return value;
  throw new GraphQLError(`A day is written YYYY-MM-DD, Gregorian, ${HANDED_IN}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
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
  description: `A day in Iran: YYYY-MM-DD, Gregorian; one that is handed in: ${HANDED_IN}`,
  serialize: day,
  parseValue: givenDay,
  parseLiteral: (node) => givenDay(node.kind === Kind.STRING ? node.value : null),
});

/** An instant, UTC with milliseconds. */
export const InstantScalar = new GraphQLScalarType<Date, string>({
  name: 'Instant',
  description: 'An instant: ISO 8601, UTC with milliseconds',
  serialize: (value) => instant(value).toISOString(),
  parseValue: instant,
  parseLiteral: (node) => instant(node.kind === Kind.STRING ? node.value : null),
});
