import type { LoggerService } from '@nestjs/common';
import type { Log } from '@app/platform';

/** Nest's own messages, as lines of our log; what it tells of every module at start is for debugging. */
export class NestLog implements LoggerService {
  constructor(private readonly out: Log) {}

  log(message: unknown): void {
    this.out.debug({}, String(message));
  }
  debug(message: unknown): void {
    this.out.debug({}, String(message));
  }
  verbose(message: unknown): void {
    this.out.debug({}, String(message));
  }
  warn(message: unknown): void {
    this.out.warn({}, String(message));
  }
  error(message: unknown, stack?: unknown): void {
    this.out.error({ stack }, String(message));
  }
  fatal(message: unknown): void {
    this.out.error({}, String(message));
  }
}
