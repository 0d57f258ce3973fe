export type HookName = 'appStart' | 'appTerminate' | 'preInvocation' | 'postInvocation' | 'log';
export type HookCallback = (context: object) => unknown;

/** The app's hooks, each called in the order of registration. */
export class Hooks {
  readonly #callbacks: ReadonlyMap<string, HookCallback[]> = new Map<HookName, HookCallback[]>([
    ['appStart', []],
    ['appTerminate', []],
    ['preInvocation', []],
    ['postInvocation', []],
    ['log', []],
  ]);

  /**
   * @returns what takes the hook away again.
   * @throws RangeError for a name that no worker knows; `@azure/functions` tells versions apart by it.
   */
  add(name: string, callback: HookCallback): () => void {
    const callbacks = this.#callbacks.get(name);
    if (callbacks === undefined) {
      throw Object.assign(new RangeError(`Unrecognized hook "${name}"`), { isAzureFunctionsSystemError: true });
    }
    callbacks.push(callback);
    return () => {
      const index = callbacks.indexOf(callback);
      if (index >= 0) callbacks.splice(index, 1);
    };
  }

  async run(name: Exclude<HookName, 'log'>, context: object): Promise<void> {
    for (const callback of [...(this.#callbacks.get(name) ?? [])]) await callback(context);
  }

  /** Log hooks are not awaited, and what they throw is dropped: as in the worker, a hook cannot stop the log. */
  runLog(context: object): void {
    try {
      for (const callback of this.#callbacks.get('log') ?? []) callback(context);
    } catch {
      // Reporting it would call the same hook again.
    }
  }
}
