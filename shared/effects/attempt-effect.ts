import type { Breaker } from '../async/breaker.ts';
import { withTimeout } from '../async/timeout.ts';
import type { Effect, EffectContext } from '../capabilities/effect.ts';
import { parseBoundary } from '../persistence/documents/stored-document.ts';
import { Reader } from '../persistence/reading/reader.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { AttemptResult } from './after-attempt.ts';
import type { ClaimedDocument } from './claimed-document.ts';

interface Attempting {
  readonly effect: Effect;
  readonly service: string;
  readonly runtime: Pick<Runtime, 'clock' | 'settings' | 'containerOf' | 'lookupOf'>;
  readonly breaker: Pick<Breaker, 'attempt'>;
}

/** Makes the attempt that was claimed: asks the provider what became of those before, and performs it where there is none. Never rejects. */
export async function attemptEffect(claimed: ClaimedDocument, attempting: Attempting): Promise<AttemptResult> {
  const { document, attempt } = claimed;
  const { effect, breaker } = attempting;
  if (attempt.outcome !== undefined) return attempt.outcome;
  const mayPerform = attempt.number <= effect.retryAfterMs.length + 1;
  const context = contextOf(claimed, attempting);
  const provider = async (): Promise<AttemptResult> => {
    const known = attempt.number > 1 ? await effect.ask?.(document, context) : undefined;
    return known ?? (mayPerform ? await effect.perform(document, context) : unknownEnd());
  };
  if (!mayPerform && effect.ask === undefined) return unknownEnd();
  try {
    return await breaker.attempt(() => withTimeout(provider(), effect.leaseMs / 2));
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** A crash in the last attempt: nobody can tell whether it was performed. */
function unknownEnd(): AttemptResult {
  return { kind: 'failed', error: new Error('nobody knows how the last attempt ended') };
}

function contextOf(
  { document, attempt }: ClaimedDocument,
  { effect, service, runtime: { clock, settings, containerOf, lookupOf } }: Attempting,
): EffectContext {
  const { tenant } = parseBoundary(document.boundary);
  return {
    now: clock.now(),
    settings,
    reader: new Reader(containerOf(service), tenant),
    lookup: lookupOf(tenant),
    tenant,
    key: effect.keyOf(service, document),
    attempt: attempt.number,
    signal: AbortSignal.timeout(effect.leaseMs / 2),
  };
}
