import { Worker } from 'node:worker_threads';
import { LIMITS } from './read/limits.js';
import {
  readSpreadsheet,
  type ReadOptions,
  type Spreadsheet,
  SpreadsheetFault,
  UnreadableSpreadsheet,
} from './read.js';
import type { ThreadAnswer, ThreadTask } from './read.thread.js';

/**
 * `readSpreadsheet` in a thread of its own, which may use 256 MB and 30 seconds: whatever a file does to the reader,
 * the process goes on and the sender gets a reason. The source form of this file (specs) reads in the process,
 * because a thread cannot load TypeScript; the built form always has the thread's file beside it.
 * @throws UnreadableSpreadsheet
 */
export async function readSpreadsheetInThread(
  bytes: Uint8Array,
  options: ReadOptions = {},
  { seconds, memoryMegabytes }: { seconds: number; memoryMegabytes: number } = LIMITS,
): Promise<Spreadsheet> {
  if (bytes.length > LIMITS.fileBytes) throw new UnreadableSpreadsheet(SpreadsheetFault.TOO_LARGE);
  if (import.meta.url.endsWith('.ts')) return readSpreadsheet(bytes, options);

  const workerData: ThreadTask = { bytes, options };
  const thread = new Worker(new URL('./read.thread.js', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
  });
  try {
    return await answerOf(thread, seconds);
  } finally {
    await thread.terminate();
  }
}

function answerOf(thread: Worker, seconds: number): Promise<Spreadsheet> {
  return new Promise((resolve, reject) => {
    const fail = (fault: SpreadsheetFault, cause?: unknown) => reject(new UnreadableSpreadsheet(fault, { cause }));
    const timer = setTimeout(() => fail(SpreadsheetFault.TOO_SLOW), seconds * 1000);
    thread.once('message', (answer: ThreadAnswer) =>
      'spreadsheet' in answer ? resolve(answer.spreadsheet) : fail(answer.fault),
    );
    thread.once('error', (error: NodeJS.ErrnoException) =>
      fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? SpreadsheetFault.TOO_LARGE : SpreadsheetFault.DAMAGED, error),
    );
    thread.once('exit', () => {
      clearTimeout(timer);
      fail(SpreadsheetFault.DAMAGED);
    });
  });
}
