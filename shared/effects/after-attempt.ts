import type { ProviderAnswer } from '../capabilities/effect.ts';
import { later } from '../clock.ts';
import type { EffectOutcome } from '../persistence/documents/effect-attempt.ts';
import { errorText } from '../telemetry/log.ts';

/** How an attempt ended: the provider answered, or it failed in a way that may pass. */
export type AttemptResult = ProviderAnswer | EffectOutcome | { readonly kind: 'failed'; readonly error: unknown };

/** What is done next: it is settled, or tried later, after so many attempts that count. */
export type AfterAttempt =
  | { readonly kind: 'settle'; readonly outcome: EffectOutcome }
  | { readonly kind: 'later'; readonly dueAt: string; readonly attempts: number };

/** A failure is tried again after the pause that is next, and given up after the last of them; a busy provider used up no attempt. */
export function afterAttempt(
  result: AttemptResult,
  {
    number,
    retryAfterMs,
    now,
  }: { readonly number: number; readonly retryAfterMs: readonly number[]; readonly now: Date },
): AfterAttempt {
  switch (result.kind) {
    case 'busy':
      return { kind: 'later', dueAt: later(now, result.retryAfterMs), attempts: number - 1 };
    case 'under-way':
      // The first counts all the same: only what was begun is asked for.
      return { kind: 'later', dueAt: later(now, result.retryAfterMs), attempts: Math.max(1, number - 1) };
    case 'failed': {
      const pauseMs = retryAfterMs[number - 1];
      if (pauseMs !== undefined) return { kind: 'later', dueAt: later(now, pauseMs), attempts: number };
      const reason = `${retryAfterMs.length + 1} attempts failed, the last of ${errorText(result.error)}`;
      return { kind: 'settle', outcome: { kind: 'gave-up', reason } };
    }
    default:
      return { kind: 'settle', outcome: result };
  }
}
