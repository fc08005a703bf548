import { parentPort, workerData } from 'node:worker_threads';
import {
  readSpreadsheet,
  type ReadOptions,
  type Spreadsheet,
  type SpreadsheetFault,
  UnreadableSpreadsheet,
} from './read.js';

/** What the thread is given and what it gives back. */
export interface ThreadTask {
  bytes: Uint8Array;
  options: ReadOptions;
}
export type ThreadAnswer = { spreadsheet: Spreadsheet } | { fault: SpreadsheetFault };

const { bytes, options } = workerData as ThreadTask;
try {
  answer({ spreadsheet: await readSpreadsheet(bytes, options) });
} catch (error) {
  if (!(error instanceof UnreadableSpreadsheet)) throw error;
  answer({ fault: error.reason });
}

function answer(message: ThreadAnswer): void {
  parentPort?.postMessage(message);
}
