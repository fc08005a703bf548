import { readSettings, type Settings, WrongSettings } from '@app/platform';
import { CannotStart } from './cannot-start.js';

/** How long a stopping process may take to finish the step in hand. */
const STOP_MS = 10_000;

/** What a process needs to be ended in order. */
interface Running {
  close(): Promise<void>;
}

/**
 * Runs a long-lived process: reads the settings, starts it, and ends it on Ctrl-C or SIGTERM within ten seconds. What
 * is wrong at the start is told in one sentence, in Persian and English, with exit code 1.
 */
export async function runProcess(start: (settings: Settings) => Promise<Running>): Promise<void> {
  try {
    const running = await start(readSettings());
    let stopping = false;
    const stop = () => {
      if (stopping) return;
      stopping = true;
      setTimeout(() => process.exit(0), STOP_MS).unref();
      void running.close().then(
        () => process.exit(0),
        (error: unknown) => sayAndExit(error),
      );
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  } catch (error) {
    sayAndExit(error);
  }
}

/** Tells a mistake to the person at the terminal and ends the process. */
export function sayAndExit(error: unknown): never {
  process.stderr.write(`${sentence(error)}\n`);
  process.exit(1);
}

function sentence(error: unknown): string {
  if (error instanceof WrongSettings)
    return [
      'تنظیمات درست نیست:',
      ...error.mistakes.map((mistake) => `  - ${mistake}`),
      'The settings above must be corrected.',
    ].join('\n');
  if (error instanceof CannotStart) return `${error.messageFa}\n${error.messageEn}`;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `درگاه ${port} در اختیار برنامهٔ دیگری است؛ با PORT درگاه دیگری بدهید.\nPort ${port} is taken by another program; choose another with PORT.`;
  if (code === 'EACCES' && port !== undefined)
    return `اجازهٔ استفاده از درگاه ${port} نیست؛ با PORT درگاهی بالای ۱۰۲۴ بدهید.\nPort ${port} is not allowed; choose one above 1024 with PORT.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
