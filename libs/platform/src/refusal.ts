import { context } from './context.js';

/** A business rule says no. Expected: it becomes a member of the mutation's result union; nothing is written. */
export class Refused<Reason extends string = string> extends Error {
  constructor(
    readonly reason: Reason,
    /** Ids and numbers the screen needs to explain the refusal; never personal data. */
    readonly detail: Record<string, string | number | boolean | null> = {},
  ) {
    super(reason);
  }
}

/** The six codes a failure may carry to a client. A failure is anything that is not a refusal. */
export type FailureCode = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'BAD_USER_INPUT' | 'TOO_MANY' | 'INTERNAL';

/** A mistake in one field of the input, with the mend. */
export interface FieldMistake {
  field: string;
  messageFa: string;
  messageEn: string;
}

/** A failure that is told to the client by its code. */
export abstract class Failure extends Error {
  abstract readonly code: FailureCode;
  readonly fields: FieldMistake[] = [];
}

/** Nobody has signed in, or the session has ended. */
export class Unauthenticated extends Failure {
  readonly code = 'UNAUTHENTICATED';
  constructor() {
    super('Sign in first');
  }
}

/** The role may not try this at all. A row that is not the caller's is NotFound instead. */
export class Forbidden extends Failure {
  readonly code = 'FORBIDDEN';
  constructor() {
    super('Not allowed');
  }
}

/** The row does not exist, or is not the caller's to see. The two are never told apart. */
export class NotFound extends Failure {
  readonly code = 'NOT_FOUND';
  constructor() {
    super('Not found');
  }
}

/** The input is malformed; each mistake names its field and the mend, in Persian and English. */
export class BadInput extends Failure {
  readonly code = 'BAD_USER_INPUT';
  override readonly fields: FieldMistake[];
  constructor(...fields: FieldMistake[]) {
    super(fields.map(({ field, messageEn }) => `${field}: ${messageEn}`).join('; '));
    this.fields = fields;
  }
}

/** Too many tries, or more work than the server takes at once. */
export class TooMany extends Failure {
  readonly code = 'TOO_MANY';
  constructor(
    /** Whole seconds to wait before the next try. */
    readonly retryAfterSeconds: number,
  ) {
    super('Too many tries');
  }
}

/** Turns a thrown refusal into the GraphQL type that reports it. Any other error goes on. */
export async function orRefused<T, R extends { reason: string }>(
  type: new () => R,
  answer: Promise<T>,
): Promise<T | R> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // A rule may say no before any unit is opened.
    const { call } = context();
    if (call) call.written = true;
    return Object.assign(new type(), error.detail, { reason: error.reason });
  }
}
