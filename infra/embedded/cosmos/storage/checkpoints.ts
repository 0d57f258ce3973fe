import { Worker } from 'node:worker_threads';

/** What the thread is started with. */
export interface CheckpointSetup {
  readonly file: string;
  /** A log of more pages is large. */
  readonly largePages: number;
}

/** What the thread says once it is done. */
export interface CheckpointDone {
  /** How many pages are in the log, carried over already. */
  readonly logPages: number;
}

/**
 * Carries what is in the write-ahead log over into the file (https://sqlite.org/wal.html#checkpointing), in a thread of its own: it waits
 * for the disk twice each time, for some 100 ms where much was written, and the thread that serves requests would answer nobody meanwhile.
 * There is a thread from the first checkpoint on, until `end`.
 */
export class Checkpoints {
  readonly #setup: CheckpointSetup;
  #thread: Worker | undefined;
  #isUnderWay = false;

  constructor(setup: CheckpointSetup) {
    this.#setup = setup;
  }

  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** Begins one; `done` is called with how long the log is, which is carried over but for what was written in the last milliseconds. */
  begin(done: (logPages: number) => void): void {
    this.#isUnderWay = true;
    this.#thread ??= this.#start();
    this.#thread.once('message', ({ logPages }: CheckpointDone) => {
      this.#isUnderWay = false;
      done(logPages);
    });
    this.#thread.postMessage('begin');
  }

  /** Ends the thread; what it has under way it does to its end. */
  async end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    this.#isUnderWay = false;
    await thread?.terminate();
  }

  #start(): Worker {
    const thread = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), { workerData: this.#setup });
    // Where the disk is full or the file is gone, the server cannot go on either.
    thread.on('error', (error) => {
      throw new Error(`The write-ahead log of ${this.#setup.file} cannot be carried over`, { cause: error });
    });
    thread.unref();
    return thread;
  }
}
