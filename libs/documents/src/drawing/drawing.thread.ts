import { parentPort } from 'node:worker_threads';
import { sentError, type SentError } from './sent-error.js';

/** What a thread is given: models for one function, each for itself. */
export interface DrawingTask {
  /** Address of the module that exports the function. */
  from: string;
  name: string;
  models: unknown[];
}
/** What it gives back: one answer for each model, in their order, as soon as it is drawn. */
export type DrawingAnswer = { paper: Uint8Array } | { error: SentError };

parentPort?.on('message', (task: DrawingTask) => void drawAll(task));

async function drawAll({ from, name, models }: DrawingTask): Promise<void> {
  for (const model of models) {
    try {
      const module = (await import(from)) as Record<string, (model: unknown) => Promise<Uint8Array>>;
      const paper = whole(await module[name]!(model));
      answer({ paper }, [paper.buffer]);
    } catch (error) {
      answer({ error: sentError(error) });
    }
  }
}

const answer = (message: DrawingAnswer, handedOver: ArrayBuffer[] = []) => parentPort?.postMessage(message, handedOver);

/** Bytes that are handed over, not copied, take all of their memory with them: it must be theirs alone. */
function whole(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const isAlone = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  return isAlone ? new Uint8Array(buffer) : new Uint8Array(bytes);
}
