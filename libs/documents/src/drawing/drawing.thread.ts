import { parentPort } from 'node:worker_threads';
import { sentError, type SentError } from './sent-error.js';

/** What a thread is given: models for one function, each for itself. */
export interface DrawingTask {
  /** Address of the module that exports the function. */
  from: string;
  name: string;
  models: unknown[];
}
/**
 * What it gives back: one answer for each model, in their order, as soon as it is drawn. Of a paper that begins as the
 * first one of the task does, only what comes after that: papers of a kind have nine tenths in common.
 */
export type DrawingAnswer = { paper: Uint8Array } | { common: number; rest: Uint8Array } | { error: SentError };

/** How finely beginnings are compared. */
const STEP = 1024;

parentPort?.on('message', (task: DrawingTask) => void drawAll(task));

async function drawAll({ from, name, models }: DrawingTask): Promise<void> {
  let first: Uint8Array | undefined;
  for (const model of models) {
    try {
      const module = (await import(from)) as Record<string, (model: unknown) => Promise<Uint8Array>>;
      const paper = await module[name]!(model);
      const common = first ? commonBytes(first, paper) : 0;
      const rest = alone(paper.subarray(common));
      // The first one is copied, where others are to be compared with it.
      if (common) answer({ common, rest }, [rest.buffer]);
      else answer({ paper: rest }, first || models.length === 1 ? [rest.buffer] : []);
      first ??= paper;
    } catch (error) {
      answer({ error: sentError(error) });
    }
  }
}

const answer = (message: DrawingAnswer, handedOver: ArrayBuffer[] = []) => parentPort?.postMessage(message, handedOver);

/** Bytes that are handed over, not copied, take all of their memory with them: it must be theirs alone. */
function alone(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const isAlone = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  return isAlone ? new Uint8Array(buffer) : new Uint8Array(bytes);
}

/** How many bytes two papers begin with alike, in whole steps. */
function commonBytes(one: Uint8Array, other: Uint8Array): number {
  let at = 0;
  const most = Math.min(one.length, other.length) - STEP;
  while (at <= most && Buffer.compare(one.subarray(at, at + STEP), other.subarray(at, at + STEP)) === 0) at += STEP;
  return at;
}
