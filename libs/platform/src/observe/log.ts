import { pino } from 'pino';
import { context, inContext } from '../context.js';
import { FieldClass, hiddenClass } from '../database/columns.js';

/** Structured log: one JSON object a line. Personal and secret fields are masked by their class, wherever they stand. */
export abstract class Log {
  abstract debug(fields: object, message: string): void;
  abstract info(fields: object, message: string): void;
  abstract warn(fields: object, message: string): void;
  abstract error(fields: object, message: string): void;
}

/** Names of what comes with a request and is no field of ours. */
const SECRET = new Set(['password', 'token', 'cookie', 'authorization', 'secret', 'passphrase', 'code', 'set-cookie']);
const DEPTH = 6;

/** Runs work under a request id, which every log line in it carries. */
export const asRequest = <R>(requestId: string, work: () => R): R => inContext({ requestId }, work);

/** A copy that may be logged: fields of the personal and secret classes are masked, errors keep message and stack. */
export function redacted(value: unknown, depth = 0): unknown {
  if (value instanceof Error)
    return { name: value.name, message: queryless(value), stack: value.stack?.split('\n').slice(1, 6).join('\n') };
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (depth === DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, 50).map((part) => redacted(part, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, mask(name) ?? redacted(part, depth + 1)]),
  );
}

function mask(name: string): string | undefined {
  const hidden = SECRET.has(name.toLowerCase()) ? FieldClass.SECRET : hiddenClass(name);
  return hidden && `[${hidden.toLowerCase()}]`;
}

/** A failed statement's message may quote the values it was given; its code says enough. */
const queryless = (error: Error & { code?: string; query?: string }): string =>
  error.query === undefined ? error.message : `statement failed: ${error.code ?? error.name}`;

/** @param level pino's level names, or `silent` */
export function createLog(level: string, process: string): Log {
  const out = pino({
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: (fields) => redacted(fields) as Record<string, unknown> },
    mixin: () => {
      const { requestId } = context();
      return requestId === undefined ? {} : { requestId };
    },
  });
  return out;
}

/** A log that says nothing: for specs. */
export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
