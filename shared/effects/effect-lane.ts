import { Breaker } from '../async/breaker.ts';
import { settlesWithin } from '../async/timeout.ts';
import { Workers } from '../async/workers.ts';
import type { Effect } from '../capabilities/effect.ts';
import { later } from '../clock.ts';
import { sweepAfterMs } from '../model/due-at-once.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { errorText, type LogFields } from '../telemetry/log.ts';
import type { AttemptResult } from './after-attempt.ts';
import { type EffectPlace, runEffect } from './run-effect.ts';

/** A document whose turn will come; it is read then. */
interface Waiting extends Pick<StoredDocument, 'boundary' | 'id'> {
  /** The sweep found it: its own process has had its time. */
  readonly isFound: boolean;
}

/** What waits in memory is only where documents are; beyond that it waits in the store. */
const mostWaiting = 1_000;
const pageSize = 100;
/** So long one sweep goes on; what is left then is due to the next one. */
const longestSweepMs = 60_000;
/** A process that stops waits for what it has begun; what takes longer counts as a crash. */
const longestStopMs = 10_000;
/** A provider that is away is tried again after half a minute at the latest. */
const longestPauseMs = 30_000;

/**
 * The way of one effect to its provider: what commits of this process have made due, and what the sweep finds, a few at once. It has
 * its own question to the store, its own turns and its own breaker, so that nothing else waits for a provider that is slow or away;
 * and while it is, or has asked for a pause, everything stays in the store as it is.
 */
export class EffectLane {
  readonly #effect: Effect;
  readonly #service: string;
  readonly #runtime: Runtime;
  readonly #breaker: Breaker;
  readonly #workers: Workers<Waiting>;
  readonly #stopping = new AbortController();
  #pausedUntil = '';
  #isAway = false;

  constructor(effect: Effect, service: string, runtime: Runtime) {
    this.#effect = effect;
    this.#service = service;
    this.#runtime = runtime;
    this.#breaker = new Breaker(runtime.clock, { longestPauseMs });
    this.#workers = new Workers({
      atOnce: effect.concurrency,
      waiting: mostWaiting,
      keyOf: ({ boundary, id }) => `${boundary} ${id}`,
      work: (waiting) => this.#see(waiting),
    });
    runtime.dueAtOnce.serve(service, effect.kind, ({ boundary, id }) => {
      if (!this.#isHeld && this.#breaker.state === 'closed') this.#workers.offer({ boundary, id, isFound: false });
    });
  }

  /** The service that it is of. */
  get service(): string {
    return this.#service;
  }

  /** The effect's name. */
  get name(): string {
    return this.#effect.name;
  }

  get breaker(): Pick<Breaker, 'state' | 'lastError'> {
    return this.#breaker;
  }

  /**
   * Takes what is due in the store, until all is under way or the provider wants no more. Never rejects: the next tick tries again.
   * Tells whether nothing was due.
   */
  async sweep(): Promise<boolean> {
    try {
      return await this.#takeDue();
    } catch (error) {
      const { log } = this.#runtime;
      log.error('sweep failed, next try at the next tick', { ...this.#about, error: errorText(error) });
      return false;
    }
  }

  /** Settles when nothing is under way. */
  idle(): Promise<void> {
    return this.#workers.idle();
  }

  /** Ends what is under way, as far as it ends soon, and leaves the rest to other processes. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const { log } = this.#runtime;
    const isOver = await settlesWithin(this.#workers.stop(), longestStopMs);
    if (!isOver) log.warn('effects under way are left until their leases are over', this.#about);
  }

  /** Oldest first. An open breaker lets one through. Tells whether nothing was due, as far as it could ask. */
  async #takeDue(): Promise<boolean> {
    if (this.#isHeld) return false;
    const { clock, containerOf, log } = this.#runtime;
    const unreadable = (error: Error) =>
      log.warn('due document left as it is', { ...this.#about, error: errorText(error) });
    const signal = AbortSignal.timeout(longestSweepMs);
    const question = { of: 'effect', now: clock.now().toISOString(), kind: this.#effect.kind } as const;
    const isTrial = this.#breaker.state !== 'closed';
    const pages = containerOf(this.#service).due(question, isTrial ? 1 : pageSize, unreadable);
    let wasDue = false;
    for await (const due of pages) {
      for (const { boundary, id } of due) {
        await this.#workers.room();
        wasDue = true;
        if (this.#isHeld || signal.aborted) return false;
        this.#workers.offer({ boundary, id, isFound: true });
        if (isTrial) return false;
      }
    }
    return !wasDue;
  }

  /** Whether nothing is to be asked of the provider just now. */
  get #isHeld(): boolean {
    if (this.#stopping.signal.aborted || this.#runtime.clock.now().toISOString() < this.#pausedUntil) return true;
    const { state, pauseMs } = this.#breaker;
    return state === 'half-open' || (state === 'open' && pauseMs > 0);
  }

  async #see({ boundary, id, isFound }: Waiting): Promise<void> {
    if (this.#isHeld) return;
    const { clock, containerOf, log } = this.#runtime;
    const container = containerOf(this.#service);
    try {
      const recalled = isFound ? undefined : container.recent.recall(boundary, id);
      const document = recalled ?? (await container.read(boundary, id));
      if (document === undefined) return;
      const dueBy = later(clock.now(), isFound ? 0 : sweepAfterMs);
      const result = await runEffect(document, dueBy, this.#place);
      if (result !== undefined) this.#heed(result);
    } catch (error) {
      log.warn('effect interrupted, next try when its lease is over', {
        ...this.#about,
        document: id,
        error: errorText(error),
      });
    }
  }

  /** Leaves what waits in the store while the provider wants no more, and tells what has changed about it, once. */
  #heed(result: AttemptResult): void {
    const { clock, log } = this.#runtime;
    if (result.kind === 'busy') this.#pausedUntil = later(clock.now(), result.retryAfterMs);
    if (this.#isHeld) this.#workers.dropWaiting();
    const isAway = this.#breaker.state !== 'closed';
    if (isAway && !this.#isAway)
      log.warn('provider away, what it is to do waits', { ...this.#about, error: errorText(this.#breaker.lastError) });
    if (!isAway && this.#isAway) log.info('provider back', this.#about);
    this.#isAway = isAway;
  }

  get #about(): LogFields {
    return { service: this.#service, effect: this.#effect.name };
  }

  get #place(): EffectPlace {
    return {
      effect: this.#effect,
      service: this.#service,
      runtime: this.#runtime,
      breaker: this.#breaker,
      stopping: this.#stopping.signal,
    };
  }
}
