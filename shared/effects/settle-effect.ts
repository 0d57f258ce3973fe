import { pausing, retry } from '../async/retry.ts';
import type { Effect } from '../capabilities/effect.ts';
import { errorClassOf } from '../consuming/error-class.ts';
import type { Cause } from '../events/cause.ts';
import type { EffectOutcome } from '../persistence/documents/effect-attempt.ts';
import { idWithin } from '../persistence/documents/stored-document.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { seeToFailure } from '../sweep/failed-visit.ts';
import { type ClaimedDocument, releaseDocument } from './claimed-document.ts';

interface SettlingPlace {
  readonly effect: Effect;
  readonly service: string;
  readonly cause: Cause;
  readonly runtime: Runtime;
  /** Aborted when the process stops. */
  readonly stopping: AbortSignal;
}

/**
 * Commits what follows from how an effect ended. A store that is away is waited for, as long as the process runs: while it is,
 * nobody else can begin another attempt either. Where the rules of the service fail, what is known is kept with the document, which
 * is tried again as any deadline is, and in the end parked: nothing is performed again for that.
 */
export async function settleEffect(
  claimed: ClaimedDocument,
  outcome: EffectOutcome,
  place: SettlingPlace,
): Promise<void> {
  const { service, cause, runtime, stopping } = place;
  try {
    await retry((failed) => commitOutcome(claimed, outcome, place, failed > 0), {
      when: (error) => errorClassOf(error) === 'network' && !stopping.aborted,
      pause: pausing(runtime.clock),
    });
  } catch (error) {
    if (errorClassOf(error) === 'network') throw error;
    const { number } = claimed.attempt;
    const known = { dueAt: claimed.attempt.until, attempt: { number, outcome } };
    const store = { container: runtime.containerOf(service), clock: runtime.clock };
    const kept = await releaseDocument(claimed, known, store);
    if (kept !== undefined) await seeToFailure(kept, { service, cause, error }, runtime);
  }
}

async function commitOutcome(
  { document: { id, boundary }, attempt }: ClaimedDocument,
  outcome: EffectOutcome,
  { effect, service, cause, runtime }: SettlingPlace,
  isRetry: boolean,
): Promise<void> {
  const { settings, clock } = runtime;
  // What was claimed was just written: it need not be read again, and the commit proves it.
  const work = runtime.openUnitOfWork({ service, boundary, cause, recalls: true, isRetry });
  await effect.settle(idWithin(id), work, { attemptId: attempt.id, outcome, now: clock.now(), settings });
  await work.commit();
}
