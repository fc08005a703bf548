import { createHash } from 'node:crypto';
import { Entity } from 'typeorm';
import { type Call, inContext } from '../context.js';
import { Digest, EndlessText, Flag, Instant, KeyText, Text } from '../database/columns.js';

/**
 * The answer to one mutation, under the key its client made. Written in the transaction of the effect, so that a copy
 * of the call finds the effect and the answer, or neither.
 */
@Entity('idempotency_key')
export class IdempotencyKey {
  /** SHA-256 of the caller's id and the key. */
  @KeyText(64) id: string;
  @Text(80) operation: string;
  /** Of the input together with the key, which is kept nowhere: what was sent cannot be found by trying. */
  @Digest() bodyHash: string;
  /** The sealed answer; empty when it holds a secret, which is given once. */
  @EndlessText({ nullable: true }) answer: string | null;
  @Flag() secret: boolean;
  @Instant() createdAt: Date;
}

/** Runs a mutation under its client's key: the first `db.write` in it keeps the answer, copies get that answer. */
export const asCall = <R>(key: string, operation: string, body: unknown, work: (call: Call) => R): R => {
  const call = { key, operation, bodyHash: hash(`${key}\n${canonical(body)}`), written: false };
  return inContext({ call }, () => work(call));
};

export const callId = (by: string, key: string): string => hash(`${by}\n${key}`);

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The same text for the same input, whatever the order of its properties. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? 'null';
