import type { StopOrder } from '../stop-order.ts';
import { FunctionsProcess, type FunctionsProcessSetup } from './functions-process.ts';

/** The functions processes of a stack by name: `main`, and in tests of several instances others beside it. */
export class FunctionsProcesses {
  readonly #byName = new Map<string, FunctionsProcess>();
  readonly #stopOrder: StopOrder;
  #setup: FunctionsProcessSetup | undefined;

  constructor(stopOrder: StopOrder) {
    this.#stopOrder = stopOrder;
  }

  /** How to start them, known once the servers have their addresses. */
  use(setup: FunctionsProcessSetup): void {
    this.#setup = setup;
  }

  async get(name: string): Promise<FunctionsProcess> {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    if (this.#setup === undefined) throw new Error('the stack is still starting');
    // Only the first has the port that was asked for.
    const port = this.#byName.size === 0 ? {} : { PORT: '0' };
    const made = new FunctionsProcess({ ...this.#setup, environment: { ...this.#setup.environment, ...port } });
    this.#byName.set(name, made);
    await this.#stopOrder.add(`The functions process ${name}`, (hastened) => made.stop(hastened));
    return made;
  }
}
