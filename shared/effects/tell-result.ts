import type { Cause } from '../events/cause.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { errorText } from '../telemetry/log.ts';
import { traceIdOf } from '../telemetry/trace-context.ts';
import type { AfterAttempt, AttemptResult } from './after-attempt.ts';
import type { ClaimedDocument } from './claimed-document.ts';

interface MadeAttempt {
  readonly claimed: ClaimedDocument;
  readonly cause: Cause;
  readonly service: string;
  readonly effect: string;
}

/** Counts how an attempt ended, and logs what somebody may look for. */
export function tellResult(
  result: AttemptResult,
  next: AfterAttempt,
  { claimed, cause, service, effect }: MadeAttempt,
  { metrics, log }: Pick<Runtime, 'metrics' | 'log'>,
): void {
  metrics.effectAttempts.inc({ effect, result: next.kind === 'settle' ? next.outcome.kind : result.kind });
  const about = {
    service,
    effect,
    document: claimed.document.id,
    attempt: claimed.attempt.number,
    traceId: traceIdOf(cause.traceparent),
  };
  if (next.kind === 'settle') {
    const { outcome } = next;
    if (outcome.kind === 'gave-up') log.error('effect given up', { ...about, reason: outcome.reason });
    if (outcome.kind === 'refused') log.warn('effect refused by its provider', { ...about, reason: outcome.reason });
    return;
  }
  if (result.kind === 'failed')
    log.warn('effect attempt failed, next try later', { ...about, dueAt: next.dueAt, error: errorText(result.error) });
}
