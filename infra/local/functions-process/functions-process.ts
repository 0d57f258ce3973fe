import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { described } from '../cannot-start-error.ts';
import { forkHost, type HostSetup, hostReady } from './fork-host.ts';
import { restartDelay } from './restart-delay.ts';

export interface FunctionsProcessSetup extends HostSetup {
  /** How long a stopping host may take to finish what is under way. */
  readonly drainLimitMs: number;
  readonly say: (line: string) => void;
}

type Environment = Readonly<Record<string, string>>;

/**
 * The Functions host, kept running: a host that ends without being told to is started again, as the real platform does,
 * after a pause that grows from crash to crash. It keeps its port.
 */
export class FunctionsProcess {
  readonly #setup: FunctionsProcessSetup;
  #child: ChildProcess | undefined;
  #url: string | undefined;
  #overrides: Environment = {};
  #crashes = 0;
  #isWanted = false;
  #restart: NodeJS.Timeout | undefined;

  constructor(setup: FunctionsProcessSetup) {
    this.#setup = setup;
  }

  get url(): string | undefined {
    return this.#url;
  }

  /** The process that runs now; undefined while it is down. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Settles when the app answers and consumes.
   *
   * @throws CannotStartError with what hinders it.
   */
  async start(overrides: Environment = this.#overrides): Promise<string> {
    clearTimeout(this.#restart);
    this.#isWanted = true;
    this.#overrides = overrides;
    const child = this.#fork();
    try {
      this.#url = (await hostReady(child)).url;
    } catch (error) {
      this.#forget(child);
      throw error;
    }
    child.once('exit', (code, signal) => this.#ended(child, signal ?? `exit code ${code}`));
    return this.#url;
  }

  /** Lets it finish what is under way; after the limit, or when hastened, it is killed. */
  async stop(hastened?: AbortSignal): Promise<void> {
    const child = this.#retire();
    if (child === undefined) return;
    const kill = () => void child.kill('SIGKILL');
    const overdue = setTimeout(() => {
      this.#setup.say(`The Functions host has not finished after ${this.#setup.drainLimitMs / 1000} s and is ended.`);
      kill();
    }, this.#setup.drainLimitMs);
    hastened?.addEventListener('abort', kill);
    const gone = exitOf(child);
    child.kill('SIGTERM');
    if (hastened?.aborted) kill();
    await gone;
    clearTimeout(overdue);
    hastened?.removeEventListener('abort', kill);
  }

  /** Ends it at once, as a crash of the machine would, and leaves it down. */
  async kill(): Promise<void> {
    await killed(this.#retire());
  }

  /** Ends it at once and starts it again as after any crash. */
  async crash(): Promise<void> {
    await killed(this.#child);
  }

  #fork(): ChildProcess {
    const { environment } = this.#setup;
    const port = this.#url === undefined ? {} : { PORT: new URL(this.#url).port };
    const child = forkHost({ ...this.#setup, environment: { ...environment, ...this.#overrides, ...port } });
    this.#child = child;
    return child;
  }

  #ended(child: ChildProcess, how: string): void {
    this.#forget(child);
    if (!this.#isWanted) return;
    this.#setup.say(`The Functions host ended by itself (${how}) and is started again.`);
    this.#startLater();
  }

  #startLater(): void {
    this.#crashes += 1;
    this.#restart = setTimeout(async () => {
      try {
        await this.start();
        this.#crashes = 0;
      } catch (error) {
        if (!this.#isWanted) return; // stopped while it was starting
        this.#setup.say(described(error));
        this.#startLater();
      }
    }, restartDelay(this.#crashes));
  }

  /** From now on an end is no crash. */
  #retire(): ChildProcess | undefined {
    clearTimeout(this.#restart);
    this.#isWanted = false;
    return this.#child;
  }

  #forget(child: ChildProcess): void {
    if (this.#child === child) this.#child = undefined;
  }
}

async function killed(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined) return;
  const gone = exitOf(child);
  child.kill('SIGKILL');
  await gone;
}

async function exitOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
