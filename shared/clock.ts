import { setTimeout as wait } from 'node:timers/promises';

/** Where time comes from. Handlers, retries and deadlines take it as an argument, so that tests own it. */
export interface Clock {
  now(): Date;
  /** Settles after `milliseconds`. */
  wait(milliseconds: number): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  wait: async (milliseconds) => {
    await wait(milliseconds);
  },
};

/** An instant `milliseconds` after `from`, in the one notation that sorts as text: ISO 8601 in UTC with milliseconds. */
export function later(from: Date, milliseconds: number): string {
  return new Date(from.getTime() + milliseconds).toISOString();
}

/** The UTC day of an instant, `2026-11-22`: the name of a day's bucket. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10);
}
