type Close = (hastened: AbortSignal) => void | Promise<void>;

/** What has been started, to be stopped in the opposite order. */
export class StopOrder {
  readonly #parts: { readonly name: string; readonly close: Close }[] = [];
  readonly #say: (line: string) => void;
  #hastened: AbortSignal | undefined;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Once stopping has begun, a part that has only just started is stopped at once. */
  async add(name: string, close: Close): Promise<void> {
    if (this.#hastened === undefined) this.#parts.push({ name, close });
    else await this.#close({ name, close }, this.#hastened);
  }

  /** Stops all parts; one that fails is told and does not keep the others from being stopped. */
  async run(hastened: AbortSignal): Promise<void> {
    this.#hastened = hastened;
    for (let part = this.#parts.pop(); part !== undefined; part = this.#parts.pop()) await this.#close(part, hastened);
  }

  async #close({ name, close }: { name: string; close: Close }, hastened: AbortSignal): Promise<void> {
    try {
      await close(hastened);
    } catch (error) {
      this.#say(`${name} did not stop well: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
