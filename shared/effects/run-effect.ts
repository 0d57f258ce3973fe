import type { Breaker } from '../async/breaker.ts';
import type { Effect } from '../capabilities/effect.ts';
import type { Cause } from '../events/cause.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { causeOfVisit } from '../sweep/cause-of-visit.ts';
import { seeToFailure } from '../sweep/failed-visit.ts';
import { markFailed, traceparentOf } from '../telemetry/tracing.ts';
import { type AttemptResult, afterAttempt } from './after-attempt.ts';
import { attemptEffect } from './attempt-effect.ts';
import { type ClaimedDocument, claimDocument, releaseDocument } from './claimed-document.ts';
import { effectSpan } from './effect-span.ts';
import { settleEffect } from './settle-effect.ts';
import { tellResult } from './tell-result.ts';

/** Whose effect it is, and what it runs on. */
export interface EffectPlace {
  readonly effect: Effect;
  readonly service: string;
  readonly runtime: Runtime;
  readonly breaker: Pick<Breaker, 'attempt'>;
  /** Aborted when the process stops. */
  readonly stopping: AbortSignal;
}

/**
 * Claims a document that is due by `dueBy`, makes the attempt, and settles it or puts it off; answers with how the attempt ended,
 * `undefined` where none was made.
 *
 * @throws StoreUnavailableError, StaleStateError: the document is due again, at once or when the lease is over.
 */
export async function runEffect(
  document: StoredDocument,
  dueBy: string,
  place: EffectPlace,
): Promise<AttemptResult | undefined> {
  const { effect, service, runtime } = place;
  const cause = causeOfVisit(document, runtime);
  try {
    effect.check(document);
  } catch (error) {
    // What newer code wrote is left to it, for a week.
    await seeToFailure(document, { service, cause, error }, runtime);
    return undefined;
  }
  const { clock, newId, containerOf, tracing } = runtime;
  const claimed = await claimDocument(document, effect, dueBy, { container: containerOf(service), clock, newId });
  if (claimed === undefined) return undefined;
  if (tracing === undefined) return run(claimed, cause, place);
  return tracing.within(effectSpan(effect.name, claimed), async (span) => {
    const result = await run(claimed, { ...cause, traceparent: traceparentOf(span) }, place);
    if (result.kind === 'failed') markFailed(span, result.error);
    return result;
  });
}

async function run(claimed: ClaimedDocument, cause: Cause, place: EffectPlace): Promise<AttemptResult> {
  const { effect, service, runtime } = place;
  const { clock, containerOf } = runtime;
  const result = await attemptEffect(claimed, place);
  const { number } = claimed.attempt;
  const next = afterAttempt(result, { number, retryAfterMs: effect.retryAfterMs, now: clock.now() });
  tellResult(result, next, { claimed, cause, service, effect: effect.name }, runtime);
  if (next.kind === 'settle') {
    await settleEffect(claimed, next.outcome, { ...place, cause });
    return result;
  }
  const { dueAt, attempts } = next;
  await releaseDocument(claimed, { dueAt, attempt: { number: attempts } }, { container: containerOf(service), clock });
  return result;
}
