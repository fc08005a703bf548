import { type ChildProcess, fork } from 'node:child_process';
import { LIMITS } from './read/limits.js';
import {
  type ReadOptions,
  readSpreadsheet,
  type Spreadsheet,
  SpreadsheetFault,
  UnreadableSpreadsheet,
} from './read.js';
import type { ReadingAnswer, ReadingTask } from './reader-process.js';

/** How Node ends when its memory is used up: by one of these signals, or with this code where there are none. */
const OUT_OF_MEMORY = new Set<string | number | null>(['SIGABRT', 'SIGTRAP', 'SIGILL', 134]);

/**
 * `readSpreadsheet` in a process of its own, which may use 256 MB and 30 seconds and knows no setting or key:
 * whatever a file does to the reader, we go on and the sender gets a reason. The source form of this file (specs)
 * reads here, because Node cannot run TypeScript; the built form always has the process's file beside it.
 * @throws UnreadableSpreadsheet; an Error when someone else ends the process: then try again
 */
export async function readSpreadsheetApart(
  bytes: Uint8Array,
  options: ReadOptions = {},
  { seconds, memoryMegabytes }: { seconds: number; memoryMegabytes: number } = LIMITS,
): Promise<Spreadsheet> {
  if (bytes.length > LIMITS.fileBytes) throw new UnreadableSpreadsheet(SpreadsheetFault.TOO_LARGE);
  if (import.meta.url.endsWith('.ts')) return readSpreadsheet(bytes, options);

  const reader = fork(new URL('./reader-process.js', import.meta.url), {
    execArgv: [`--max-old-space-size=${memoryMegabytes}`],
    // Windows cannot start a program without its own variable.
    env: { SystemRoot: process.env['SystemRoot'] },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  try {
    return await answerOf(reader, { bytes, options }, seconds);
  } finally {
    reader.kill('SIGKILL');
  }
}

function answerOf(reader: ChildProcess, task: ReadingTask, seconds: number): Promise<Spreadsheet> {
  return new Promise((resolve, reject) => {
    const fail = (fault: SpreadsheetFault) => reject(new UnreadableSpreadsheet(fault));
    const timer = setTimeout(() => fail(SpreadsheetFault.TOO_SLOW), seconds * 1000);
    reader.once('message', (answer: ReadingAnswer) =>
      'spreadsheet' in answer ? resolve(answer.spreadsheet) : fail(answer.fault),
    );
    reader.once('error', reject);
    reader.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (OUT_OF_MEMORY.has(signal ?? code)) fail(SpreadsheetFault.TOO_LARGE);
      else if (signal) reject(new Error(`The reader of a spreadsheet was ended by ${signal}.`));
      else fail(SpreadsheetFault.DAMAGED);
    });
    reader.send(task);
  });
}
