/**
 * Lines that go out together at the end of a turn of the event loop, and what is left with the process: under load many are written in
 * one turn, and each write by itself takes longer than making its line.
 */
export class GatheredLines {
  readonly #write: (text: string) => void;
  #lines: string[] = [];
  #isWatchingExit = false;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > 1) return;
    setImmediate(() => this.#flush());
    if (this.#isWatchingExit) return;
    this.#isWatchingExit = true;
    process.once('exit', () => this.#flush());
  }

  #flush(): void {
    const lines = this.#lines;
    this.#lines = [];
    if (lines.length > 0) this.#write(lines.join(''));
  }
}
