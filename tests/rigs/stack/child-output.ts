import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Everything that a process has said, kept for the message of a failure. */
export class ChildOutput {
  readonly #child: ChildProcess;
  #text = '';

  constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#text += text;
      });
    }
  }

  get text(): string {
    return this.#text;
  }

  /** The first match of a pattern, now or later. @throws when the process ends without one. */
  async matching(pattern: RegExp): Promise<RegExpExecArray> {
    const ended = once(this.#child, 'close');
    for (;;) {
      const match = pattern.exec(this.#text);
      if (match !== null) return match;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        throw new Error(`the process ended without ${pattern}:\n${this.#text}`);
      }
      await Promise.race([ended, this.#child.stdout && once(this.#child.stdout, 'data')]);
    }
  }
}
