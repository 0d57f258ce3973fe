import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { CannotStartError } from '../cannot-start-error.ts';
import { FromWatcher, type ToWatcher, type WatcherTask } from './watcher-messages.ts';

const watcher = path.join(import.meta.dirname, 'watcher.ts');

/** A node of a cluster: a Java process that may be ended and started again on its port and data. */
export class KafkaNode {
  readonly #task: WatcherTask;
  #watcher: ChildProcess | undefined;

  constructor(task: WatcherTask) {
    this.#task = task;
  }

  /** Settles once it takes requests. @throws CannotStartError with its last words when it ends instead. */
  async start(): Promise<void> {
    if (this.#watcher !== undefined) throw new CannotStartError('Apache Kafka is running already.');
    const child = fork(watcher, [JSON.stringify(this.#task)], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // The terminal's signals are the parent's to answer.
      detached: process.platform !== 'win32',
    });
    this.#watcher = child;
    child.once('exit', () => {
      if (this.#watcher === child) this.#watcher = undefined;
    });
    const [said] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    const message = FromWatcher.safeParse(said).data ?? { type: 'ended', lastWords: 'it ended without a word' };
    if (message.type === 'ended') throw new CannotStartError(`Apache Kafka cannot start:\n${message.lastWords}`);
  }

  /** Ends in order: what it leads is handed over, its files are closed. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Ends at once. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: ToWatcher['signal']): Promise<void> {
    const child = this.#watcher;
    if (child === undefined) return;
    const gone = once(child, 'exit');
    child.send({ signal } satisfies ToWatcher);
    await gone;
  }
}
