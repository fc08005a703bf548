import * as named from '../typeset/errors.js';

/** An error as it passes from one thread to another, which takes its class and its own fields from it otherwise. */
export interface SentError {
  name: string;
  message: string;
  stack: string | undefined;
  fields: Record<string, unknown>;
}

/** What is left out of an error cannot be copied: functions, streams, an error within it. */
const copies = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value);

export function sentError(error: unknown): SentError {
  if (!(error instanceof Error)) return sentError(new Error(String(error)));
  const { name, message, stack } = error;
  return {
    name,
    message,
    stack,
    fields: Object.fromEntries(Object.entries(error).filter(([, value]) => copies(value))),
  };
}

/** The error again: of its own class when it is one of ours, so that `instanceof` tells it on this side too. */
export function receivedError({ name, message, stack, fields }: SentError): Error {
  const error = Object.assign(new Error(message), fields);
  const ours = (named as Record<string, { prototype: Error } | undefined>)[name];
  if (ours) Object.setPrototypeOf(error, ours.prototype);
  if (error.name !== name) error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
