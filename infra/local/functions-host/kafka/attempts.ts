import { setTimeout } from 'node:timers/promises';
import type { KafkaOptions } from '../host-json.ts';

/** `done`: its offsets may be committed. `skipped`: so may they, though it failed. `left`: they may not. */
export type Outcome = 'done' | 'skipped' | 'left';

export type FailurePolicy = Pick<KafkaOptions, 'commitOnFailure' | 'maxRetries'>;

const firstDelayMs = 100;
const longestDelayMs = 2_000;

/**
 * Runs a function until its events can be left behind. A failure counts as done when `commitOnFailure` is set; otherwise
 * the same events are run again in place, up to `maxRetries` times (-1: without end), then skipped
 * (https://github.com/Azure/azure-functions-kafka-extension/pull/615).
 *
 * @param signal ends the repeating: the host stops, or the partitions are no longer this consumer's.
 */
export async function attempt(
  run: () => Promise<unknown>,
  policy: FailurePolicy,
  signal: AbortSignal,
): Promise<Outcome> {
  for (let retries = 0; ; retries++) {
    try {
      await run();
      return 'done';
    } catch {
      // The invocation has logged it, and what it was changes nothing about what follows.
      if (policy.commitOnFailure) return 'skipped';
      if (policy.maxRetries >= 0 && retries >= policy.maxRetries) return 'skipped';
    }
    await pause(Math.min(firstDelayMs * 2 ** retries, longestDelayMs), signal);
    if (signal.aborted) return 'left';
  }
}

/** Waits, unless or until the signal is given. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
