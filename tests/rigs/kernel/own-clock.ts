import { setImmediate as others } from 'node:timers/promises';
import type { Clock } from '../../../shared/clock.ts';

/** A clock that stands still until somebody waits, or the test moves it on: waiting takes no time. */
export class OwnClock implements Clock {
  #now: number;
  #meanwhile: () => Promise<void> = async () => undefined;

  constructor(start = '2026-11-22T10:00:00.000Z') {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  async wait(milliseconds: number): Promise<void> {
    const meanwhile = this.#meanwhile;
    this.#meanwhile = async () => undefined;
    await meanwhile();
    this.pass(milliseconds);
    await others();
  }

  /** Has something happen while somebody waits for the next time. */
  duringNextWait(meanwhile: () => Promise<void>): void {
    this.#meanwhile = meanwhile;
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
