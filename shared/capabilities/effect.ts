import type { DomainEvent } from '../events/define-event.ts';
import { repeatableIds } from '../ids.ts';
import type { Lookup } from '../lookups/define-lookup.ts';
import type { Aggregate } from '../model/aggregate.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import type { EffectOutcome } from '../persistence/documents/effect-attempt.ts';
import { readState } from '../persistence/documents/read-state.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import type { Reader } from '../persistence/reading/reader.ts';
import { Duration } from '../settings/duration.ts';
import type { Settings } from '../settings/settings.ts';

/**
 * What a provider says to one attempt. Whatever is thrown instead is a failure that may pass, and the provider's: another attempt
 * follows, and after a few in a row nothing else is asked of it for a while.
 */
export type ProviderAnswer =
  | Exclude<EffectOutcome, { readonly kind: 'gave-up' }>
  /** This one fails for now, and the provider is well: another attempt follows, and others go on. */
  | { readonly kind: 'failed'; readonly error: Error }
  /** Too many at once (429): it was no attempt, and nothing else is asked of the provider until then. */
  | { readonly kind: 'busy'; readonly retryAfterMs: number }
  /** It has taken it and is still at it: it is asked then (`ask`) what became of it, and no attempt is made before. */
  | { readonly kind: 'under-way'; readonly retryAfterMs: number };

/** What a provider knows of an attempt before; `undefined` is that it knows of none. */
export type KnownAttempt = ProviderAnswer | undefined;

/** What an attempt can reach. */
export interface EffectContext {
  readonly now: Date;
  readonly settings: Settings;
  readonly reader: Reader;
  /** Asks other services, such as for the address of a user. */
  readonly lookup: Lookup;
  readonly tenant: string;
  /** By which a provider tells a second attempt: a UUID, the same for all attempts of a document, and for no other. */
  readonly key: string;
  /** Counted from 1. */
  readonly attempt: number;
  /** Aborted at half the lease: the other half is for settling. */
  readonly signal: AbortSignal;
}

interface Due {
  readonly dueAt?: string | undefined;
}

export interface EffectSpecification<State extends Due> {
  /** The capability's name; keys that providers know are made of it, so it never changes. */
  readonly name: string;
  /** What is due to be done, by its `dueAt`; a kind of its own for each effect. */
  readonly on: Aggregate<State>;
  /** How long an attempt is nobody else's; a duration, such as PT1M. */
  readonly lease: string;
  /** After which pauses a failed attempt is made again, one for each further attempt; durations. */
  readonly retryAfter: readonly string[];
  /** How many are performed at once in a process; by default 8. */
  readonly concurrency?: number;
  /**
   * What became of the attempts before, where the provider can tell: asked before each attempt but the first, which is made where
   * it knows of none.
   */
  readonly ask?: (delivery: State, context: EffectContext) => Promise<KnownAttempt>;
  /** Does it, outside of any commit. It may run twice, under the same key. */
  readonly perform: (delivery: State, context: EffectContext) => Promise<ProviderAnswer>;
  /** What follows from how it ended; one of the events has to clear `dueAt`. */
  readonly settle: (
    delivery: State,
    outcome: EffectOutcome,
    context: { readonly now: Date; readonly settings: Settings },
  ) => DomainEvent | readonly DomainEvent[];
}

/** An effect without its types. */
export interface Effect {
  readonly word: 'effect';
  readonly name: string;
  readonly kind: string;
  readonly leaseMs: number;
  readonly retryAfterMs: readonly number[];
  readonly concurrency: number;
  /** The key of a document. */
  readonly keyOf: (service: string, document: Pick<StoredDocument, 'boundary' | 'id'>) => string;
  /** Whether this code understands the document. @throws NewerDocumentError */
  readonly check: (document: StoredDocument) => void;
  readonly ask: ((document: StoredDocument, context: EffectContext) => Promise<KnownAttempt>) | undefined;
  readonly perform: (document: StoredDocument, context: EffectContext) => Promise<ProviderAnswer>;
  /** Records how it ended, as long as this attempt is still the one under way. @throws Error where it stays due */
  readonly settle: (id: string, work: UnitOfWork, settling: Settling) => Promise<void>;
}

export interface Settling {
  readonly attemptId: string | undefined;
  readonly outcome: EffectOutcome;
  readonly now: Date;
  readonly settings: Settings;
}

/**
 * A capability that does something to the world outside, such as sending an e-mail. It is settled once, and performed once; at most
 * once more for each crash between the two, under the same key, unless the provider tells a second attempt by its key or can be
 * asked (`ask`).
 *
 * A document says by its `dueAt` that something is to be done (`dueAtOnce`). An attempt is claimed by a commit, which counts it and
 * puts `dueAt` ahead by the lease; then it is performed; then a second commit settles it. A failed one is made again after the pauses
 * of `retryAfter`, and given up after the last of them. Each effect has its own lane: a provider that is slow or away holds up nothing
 * else, and while its breaker is open, or it asks for a pause, no attempt is used up.
 *
 * @example
 * export const sendEmail = effect({
 *   name: 'send-email',
 *   on: EmailDelivery,
 *   lease: 'PT1M',
 *   retryAfter: ['PT1M', 'PT5M', 'PT30M'],
 *   async perform({ recipientId, template }, { key, signal }) {
 *     const headers = { 'idempotency-key': key };
 *     const { status } = await fetch(`https://mail.example.com/${recipientId}/${template}`, { headers, signal });
 *     return status === 422 ? { kind: 'refused', reason: 'no such address' } : { kind: 'done' };
 *   },
 *   settle(delivery, { kind }, { now }) {
 *     const at = now.toISOString();
 *     if (kind === 'done') return sent(delivery, 'email', { provider: 'example', at });
 *     return failed(delivery, 'email', { reason: 'rejected', at });
 *   },
 * });
 */
export function effect<State extends Due>({
  name,
  on,
  lease,
  retryAfter,
  concurrency = 8,
  ask,
  perform,
  settle,
}: EffectSpecification<State>): Effect {
  return {
    word: 'effect',
    name,
    kind: on.kind,
    leaseMs: Duration.parse(lease),
    retryAfterMs: retryAfter.map((pause) => Duration.parse(pause)),
    concurrency,
    keyOf: (service, { boundary, id }) => repeatableIds(service, name, boundary, id)(),
    check: (document) => void readState(on, document),
    ask: ask && ((document, context) => ask(readState(on, document), context)),
    perform: async (document, context) => perform(readState(on, document), context),
    async settle(id, work, { attemptId, outcome, now, settings }) {
      const due = await work.load(on, id);
      // Erased, or ended otherwise; or another attempt was begun when the lease of this one was over.
      if (due.current === undefined || due.stored?.attempt?.id !== attemptId) return;
      due.record(settle(due.current, outcome, { now, settings }));
      if (due.current?.dueAt !== undefined) throw new Error(`${name} left ${on.kind} ${id} due: it must clear dueAt`);
    },
  };
}
