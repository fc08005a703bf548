import { createRequire } from 'node:module';
import { jest } from '@jest/globals';

// Not by `import`: what imports it later must find what stands here by then.
const require = createRequire(import.meta.url);
const crypto = require('node:crypto') as typeof import('node:crypto');
const { createHash, randomBytes, randomFillSync, randomInt, randomUUID } = crypto;

const REAL = ['nextTick', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout'] as const;
const TIMERS = [...REAL, 'clearTimeout', 'queueMicrotask', 'performance', 'hrtime'] as const;

/**
 * The clock stands, and what is drawn by chance follows from the name of the step and nothing else: two installations
 * that do the same steps get the same bytes. Begin before the first module of the product is loaded.
 */
export class FixedChance {
  private step = '';
  private drawn = 0;
  private made = 0;
  private filled = 0;
  /** What the product has logged since it was last taken, a line each. */
  readonly lines: string[] = [];

  begin(): void {
    jest.useFakeTimers({ doNotFake: [...TIMERS], now: Date.parse('2026-11-21T05:30:00.000Z') });
    const draw = (bytes: number) => this.bytes(`${this.step} ${this.drawn++}`, bytes);
    const drawInt = (least: number, end: number) => least + (draw(6).readUIntBE(0, 6) % (end - least));
    Object.assign(crypto, {
      randomBytes: (size: number, done?: (error: null, bytes: Buffer) => void) => {
        const drawn = draw(size);
        done?.(null, drawn);
        return drawn;
      },
      randomUUID: () => this.id(draw(16).toString('hex')),
      randomInt: (least: number, end?: number) => (end === undefined ? drawInt(0, least) : drawInt(least, end)),
      // Nonces are drawn for a thousand seals at a time: they have a stream of their own, and none comes twice.
      randomFillSync: (buffer: Uint8Array) => {
        buffer.set(this.bytes(`fill ${this.filled++}`, buffer.length));
        return buffer;
      },
    });
    jest.unstable_mockModule('uuid', () => ({ v7: () => this.uuid() }));
    const { pino } = require('pino') as typeof import('pino');
    const write = (line: string) => void this.lines.push(line);
    const logged = (options: import('pino').LoggerOptions) => pino(options, { write });
    jest.unstable_mockModule('pino', () => ({ pino: Object.assign(logged, pino) }));
  }

  /** A step of this name, so many milliseconds after the beginning. */
  name(step: string, afterMs: number): void {
    jest.setSystemTime(Date.parse('2026-11-21T05:30:00.000Z') + afterMs);
    Object.assign(this, { step, drawn: 0, made: 0 });
  }

  /** Spec files of one process share its modules. */
  end(): void {
    Object.assign(crypto, { randomBytes, randomFillSync, randomInt, randomUUID });
    jest.useRealTimers();
  }

  /** UUIDv7: the time, then a count, then chance. */
  private uuid(): string {
    const count = (this.made++).toString(16).padStart(6, '0');
    const time = Date.now().toString(16).padStart(12, '0');
    const chance = this.bytes(`id ${this.step} ${count}`, 6).toString('hex');
    return this.id(`${time}7${count.slice(0, 3)}8${count.slice(3)}${chance}`);
  }

  private id(digits: string): string {
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  private bytes(of: string, size: number): Buffer {
    const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, n) =>
      createHash('sha256').update(`${of} ${n}`).digest(),
    );
    return Buffer.concat(blocks).subarray(0, size);
  }
}
