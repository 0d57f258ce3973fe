import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { FaultRules } from '../../embedded/faults/fault-rules.ts';
import type { RequestSeen } from '../../embedded/faults/gate.ts';
import { serveGate } from '../../embedded/faults/thread-gate.ts';
import { CannotStartError } from '../cannot-start-error.ts';
import type { FromThread, ThreadData, ToThread } from './thread-messages.ts';

export interface ServerThreadOptions<Options, Address> {
  readonly server: RequestSeen['server'];
  /** The module that runs in the thread. */
  readonly module: URL;
  readonly options: Options;
  /** What of its address it has to keep over `stop` and `start`, as options. */
  readonly keep: (address: Address) => Partial<Options>;
  readonly rules?: FaultRules;
  /** Called when the thread ends by an error that nobody caught. */
  readonly onBroken: (error: unknown) => void;
}

/** What a person calls them. */
const names = { kafka: 'Kafka broker', cosmos: 'Cosmos server' };

/**
 * An embedded server in a thread of its own: its work takes no time from its neighbours', at less memory than a process.
 * Once started it keeps its ports over `stop` and `start`.
 */
export class ServerThread<Options, Address> {
  readonly #setup: ServerThreadOptions<Options, Address>;
  #worker: Worker | undefined;
  #gate: ReturnType<typeof serveGate> | undefined;
  #kept: Partial<Options> = {};

  constructor(setup: ServerThreadOptions<Options, Address>) {
    this.#setup = setup;
  }

  /** @throws CannotStartError with what the server says hinders it. */
  async start(): Promise<Address> {
    const { server, module, options, keep, rules, onBroken } = this.#setup;
    const name = names[server];
    if (this.#worker !== undefined) throw new CannotStartError(`The ${name} is running already.`);
    const channel = rules === undefined ? undefined : new MessageChannel();
    const data: ThreadData<Options> = {
      options: { ...options, ...this.#kept },
      ...(channel === undefined ? {} : { gate: channel.port2 }),
    };
    const worker = new Worker(module, { workerData: data, transferList: channel === undefined ? [] : [channel.port2] });
    this.#worker = worker;
    const answer = (await once(worker, 'message'))[0] as FromThread<Address>;
    if (answer.type !== 'listening') {
      this.#worker = undefined;
      await worker.terminate();
      throw new CannotStartError(
        `The ${name} cannot start: ${answer.type === 'failed' ? answer.message : answer.type}`,
      );
    }
    worker.on('error', (error) => {
      this.#worker = undefined;
      onBroken(error);
    });
    this.#kept = keep(answer.address);
    if (channel !== undefined && rules !== undefined) this.#gate = serveGate(channel.port1, rules);
    await this.watch();
    return answer.address;
  }

  /** Answers what is under way, closes the files and ends the thread. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    this.#worker = undefined;
    this.#gate = undefined;
    const closed = once(worker, 'message');
    worker.postMessage({ type: 'close' } satisfies ToThread);
    await closed;
    await worker.terminate();
  }

  /** Makes the server ask about each request, or no longer, as there are rules for it. */
  async watch(): Promise<void> {
    const { server, rules } = this.#setup;
    await this.#gate?.watch(rules?.concerns(server) ?? false);
  }
}
