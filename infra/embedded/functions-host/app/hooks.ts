export type HookName = 'appStart' | 'appTerminate';
export type HookCallback = (context: object) => unknown;

/** The app's hooks, each called in the order of registration. Those around an invocation or a line of the log are not supported. */
export class Hooks {
  readonly #callbacks: ReadonlyMap<string, HookCallback[]> = new Map<HookName, HookCallback[]>([
    ['appStart', []],
    ['appTerminate', []],
  ]);

  /**
   * @returns what takes the hook away again.
   * @throws RangeError for a hook that this host does not have.
   */
  add(name: string, callback: HookCallback): () => void {
    const callbacks = this.#callbacks.get(name);
    if (callbacks === undefined) throw new RangeError(`The local host does not support the hook "${name}".`);
    callbacks.push(callback);
    return () => {
      const index = callbacks.indexOf(callback);
      if (index >= 0) callbacks.splice(index, 1);
    };
  }

  async run(name: HookName, context: object): Promise<void> {
    for (const callback of [...(this.#callbacks.get(name) ?? [])]) await callback(context);
  }
}
