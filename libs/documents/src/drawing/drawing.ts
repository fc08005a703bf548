import { setImmediate as breath } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { DrawingAnswer, DrawingTask } from './drawing.thread.js';
import { receivedError } from './sent-error.js';

/** A function of a `*.document.ts`: from a plain model to the bytes of a paper or a sheet. */
export interface Draws<Model> {
  draw: (model: Model) => Promise<Uint8Array>;
  /** The module that exports it under its own name: `new URL('./x.document.js', import.meta.url)`. */
  from: URL;
}

/** What threads may take. */
const LIMITS = {
  /** Models of one message: what waits behind them waits no longer than they take. */
  models: 200,
  /** Heap of one thread. */
  megabytes: 256,
  /** One paper. */
  seconds: 60,
  /** A thread without work ends after this, and its memory is free again. */
  idleSeconds: 60,
};

/** The thread ended before the paper was drawn. Nothing is known against the paper: it may be tried again. */
export class DrawingInterrupted extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(`کشیدن کاغذ نیمه‌کاره ماند.\nThe drawing of a paper was broken off: ${why}.`, options);
    this.name = 'DrawingInterrupted';
  }
}

/** The bytes of a paper, in pieces that follow each other: what it has in common with others of its batch is there once. */
type PaperBytes = readonly Uint8Array[];

/** A model that waits for its paper. */
interface Piece {
  model: unknown;
  resolve: (paper: PaperBytes) => void;
  reject: (error: unknown) => void;
}
interface Batch {
  from: string;
  name: string;
  pieces: Piece[];
  signal: AbortSignal | undefined;
}

/**
 * Draws papers in threads beside this one, so that nobody waits for an answer while a paper is drawn. A thread is begun
 * when there is work, and has one batch in hand at a time. The source form (specs) and 0 threads draw here: Node cannot
 * run TypeScript.
 */
export class Drawing {
  private readonly waiting: Batch[] = [];
  private readonly threads = new Set<DrawingThread>();
  private readonly inPlace: boolean;

  constructor(
    private readonly most: number,
    private readonly limits = LIMITS,
  ) {
    this.inPlace = most === 0 || import.meta.url.endsWith('.ts');
  }

  /**
   * Draws a paper for each model. They are drawn in order, and each promise is settled as soon as its paper is there; one
   * that is refused stops no other. What is not drawn when the signal comes is rejected with its reason, and the thread
   * that has it in hand is ended.
   *
   * @returns a promise for each model: rejected with what the function threw, or `DrawingInterrupted`
   */
  all<Model>({ draw, from }: Draws<Model>, models: Model[], signal?: AbortSignal): Promise<PaperBytes>[] {
    const pieces: Piece[] = [];
    const papers = models.map(
      (model) => new Promise<PaperBytes>((resolve, reject) => pieces.push({ model, resolve, reject })),
    );
    // Who asked may look at them one by one, and leave at a broken one.
    for (const paper of papers) paper.catch(() => undefined);
    if (this.inPlace) {
      void drawHere(draw as (model: unknown) => Promise<Uint8Array>, pieces, signal);
      return papers;
    }
    const { models: most } = this.limits;
    for (let at = 0; at < pieces.length; at += most)
      this.waiting.push({ from: from.href, name: draw.name, pieces: pieces.slice(at, at + most), signal });
    if (signal) this.dropWhenCancelled(signal, papers);
    this.handOut();
    return papers;
  }

  /** Draws one paper. */
  async one<Model>(draws: Draws<Model>, model: Model, signal?: AbortSignal): Promise<Uint8Array> {
    const [whole] = await this.all(draws, [model], signal)[0]!;
    return whole!;
  }

  /** What waits for a thread is dropped here; what a thread has in hand, it drops itself. */
  private dropWhenCancelled(signal: AbortSignal, papers: Promise<unknown>[]): void {
    const drop = () => {
      for (const batch of this.waiting.filter((each) => each.signal === signal)) {
        this.waiting.splice(this.waiting.indexOf(batch), 1);
        refuse(batch.pieces, signal.reason);
      }
    };
    if (signal.aborted) return drop();
    signal.addEventListener('abort', drop);
    void Promise.allSettled(papers).then(() => signal.removeEventListener('abort', drop));
  }

  /** Gives what waits to the threads that are free, and begins new ones while there may be more. */
  private handOut(): void {
    while (this.waiting.length > 0) {
      const thread = [...this.threads].find(({ free }) => free) ?? this.begin();
      if (!thread) return;
      const batch = this.waiting.shift()!;
      void thread.draw(batch).then((rest) => {
        // What a thread left undone when it ended goes on in another.
        if (rest.length > 0) this.waiting.unshift({ ...batch, pieces: rest });
        this.handOut();
      });
    }
  }

  private begin(): DrawingThread | undefined {
    if (this.threads.size === this.most) return undefined;
    const thread = new DrawingThread(this.limits, () => {
      this.threads.delete(thread);
      this.handOut();
    });
    this.threads.add(thread);
    return thread;
  }
}

const refuse = (pieces: Piece[], reason: unknown) => pieces.forEach(({ reject }) => reject(reason));

/** One thread, and the batch it has in hand. It keeps the process alive only while it draws. */
class DrawingThread {
  /** It lives, and has nothing in hand. */
  free = true;
  private ending = false;
  private readonly worker: Worker;
  private timer: NodeJS.Timeout | undefined;
  private pieces: Piece[] = [];
  /** The first paper of the batch, with which others begin. */
  private first: Uint8Array | undefined;
  private done: (rest: Piece[]) => void = () => undefined;
  /** Why it ended: what we ended it for, or what it says itself. */
  private why: unknown;

  constructor(
    private readonly limits: typeof LIMITS,
    private readonly ended: () => void,
  ) {
    this.worker = new Worker(new URL('./drawing.thread.js', import.meta.url), {
      // It knows no setting and no key.
      env: {},
      argv: [],
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
    });
    this.worker.on('message', (answer: DrawingAnswer) => this.take(answer));
    this.worker.on('error', (error) => (this.why ??= new DrawingInterrupted(error.message, { cause: error })));
    this.worker.on('exit', (code) => this.leave(code));
  }

  /** Draws a batch. @returns the pieces left over when the thread ended before it was through */
  async draw({ from, name, pieces, signal }: Batch): Promise<Piece[]> {
    const cancel = () => this.pieces.length > 0 && this.end(signal?.reason);
    const task: DrawingTask = { from, name, models: pieces.map(({ model }) => model) };
    try {
      this.worker.postMessage(task);
    } catch (error) {
      // A model that cannot be copied: a mistake of ours.
      refuse(pieces, error);
      return [];
    }
    signal?.addEventListener('abort', cancel);
    this.free = false;
    this.pieces = [...pieces];
    this.first = undefined;
    this.worker.ref();
    this.expectAnswer();
    const rest = await new Promise<Piece[]>((resolve) => (this.done = resolve));
    signal?.removeEventListener('abort', cancel);
    if (!signal?.aborted) return rest;
    refuse(rest, signal.reason);
    return [];
  }

  private take(answer: DrawingAnswer): void {
    const piece = this.pieces.shift();
    if ('paper' in answer) {
      this.first ??= answer.paper;
      piece?.resolve([answer.paper]);
    } else if ('rest' in answer) piece?.resolve([this.first!.subarray(0, answer.common), answer.rest]);
    else piece?.reject(receivedError(answer.error));
    if (this.pieces.length > 0) return this.expectAnswer();
    this.free = !this.ending;
    this.worker.unref();
    this.endAfter(this.limits.idleSeconds);
    this.done([]);
  }

  private expectAnswer(): void {
    const { seconds } = this.limits;
    this.endAfter(seconds, () => new DrawingInterrupted(`it took more than ${seconds} seconds`));
  }

  private endAfter(seconds: number, why = (): unknown => undefined): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(why()), seconds * 1000).unref();
  }

  private end(why: unknown): void {
    this.ending = true;
    this.free = false;
    this.why ??= why;
    void this.worker.terminate();
  }

  private leave(code: number): void {
    clearTimeout(this.timer);
    this.free = false;
    this.ended();
    // The piece in hand is taken to be what ended it; the others are not to blame.
    const [inHand, ...rest] = this.pieces;
    inHand?.reject(this.why ?? new DrawingInterrupted(`its thread ended with code ${code}`));
    this.done(rest);
  }
}

async function drawHere(
  draw: (model: unknown) => Promise<Uint8Array>,
  pieces: Piece[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const { model, resolve, reject } of pieces) {
    if (signal?.aborted) reject(signal.reason);
    else await draw(model).then((paper) => resolve([paper]), reject);
    await breath();
  }
}
