import {
  type ReadOptions,
  readSpreadsheet,
  type Spreadsheet,
  type SpreadsheetFault,
  UnreadableSpreadsheet,
} from './read.js';

/** What the reading process is given and what it gives back. */
export interface ReadingTask {
  bytes: Uint8Array;
  options: ReadOptions;
}
export type ReadingAnswer = { spreadsheet: Spreadsheet } | { fault: SpreadsheetFault };

// The product lets the step in hand end when someone presses Ctrl-C, which the terminal sends to this process too.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', (task: ReadingTask) => {
  void answer(task).then((message) => process.send?.(message));
});

async function answer({ bytes, options }: ReadingTask): Promise<ReadingAnswer> {
  try {
    return { spreadsheet: await readSpreadsheet(bytes, options) };
  } catch (error) {
    if (error instanceof UnreadableSpreadsheet) return { fault: error.reason };
    throw error;
  }
}
