import type { Clock } from '../../clock.ts';
import type { HeldRequests } from '../held-requests.ts';
import { Admission } from './admission.ts';

/** The admissions of a process: one for each container, made when somebody asks for it. */
export class Admissions {
  readonly #longestMs: number;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #held: HeldRequests;
  readonly #of = new Map<string, Admission>();

  /** @param longestMs how long what is decided later may wait for it; 0 lets everybody in */
  constructor(longestMs: number, clock: Pick<Clock, 'now'>, held: HeldRequests) {
    this.#longestMs = longestMs;
    this.#clock = clock;
    this.#held = held;
  }

  of(container: string): Admission {
    const known = this.#of.get(container);
    if (known !== undefined) return known;
    const made = new Admission(this.#longestMs, this.#clock, this.#held);
    this.#of.set(container, made);
    return made;
  }

  /** Tells of a commit in a stored boundary. */
  tell(container: string, boundary: string): void {
    this.#of.get(container)?.tell(boundary);
  }

  /** How long what comes now will wait for its decision, in milliseconds, by container. */
  waits(): readonly (readonly [container: string, waitMs: number])[] {
    return [...this.#of].map(([container, admission]) => [container, admission.waitMs()]);
  }
}
