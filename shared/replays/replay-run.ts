import type { Piece } from '../bus/topic-reader.ts';
import { later } from '../clock.ts';
import { consumeBatch } from '../consuming/consume-batch.ts';
import type { ConsumeDependencies } from '../consuming/consumer.ts';
import type { TopicConsumer } from '../consuming/topic-consumer.ts';
import type { Cause } from '../events/cause.ts';
import { StaleStateError } from '../persistence/documents/store-errors.ts';
import { storedBoundary } from '../persistence/documents/stored-document.ts';
import { consumeDependencies } from '../runtime/consume-dependencies.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { rememberedSeconds } from '../settings/retention.ts';
import { errorText } from '../telemetry/log.ts';
import { traceContext } from '../telemetry/trace-context.ts';
import {
  advanced,
  completed,
  ended,
  failed,
  located,
  Replay,
  type ReplayState,
  replaysBoundary,
  walked,
} from './replay-state.ts';
import { replayedOf } from './replayed-records.ts';
import { walkStep } from './walk-step.ts';

/** Which replay. */
export interface ReplayKey {
  readonly tenant: string;
  readonly id: string;
}

/** One that delivers events. */
type ReplayOfEvents = ReplayState & { readonly from: string };

/** So long nobody else takes up a replay after a step of whoever is at it. A step is over well before. */
const leaseMs = 15_000;
const retryWindowMs = 5_000;

/** The replay is somebody else's by now, or over: whoever was at it leaves it alone. */
class NotOurReplayError extends Error {
  override readonly name = 'NotOurReplayError';
}

/**
 * One process's work on a replay, from taking it up until it is over, fails or is to stop. Each step is delivered first and
 * committed then, with its position: what a crash in between repeats was done already, and is not done twice.
 */
export class ReplayRun {
  readonly #key: ReplayKey;
  readonly #runtime: Runtime;
  readonly #signal: AbortSignal;
  readonly #lease: string;

  constructor(key: ReplayKey, runtime: Runtime, signal: AbortSignal) {
    this.#key = key;
    this.#runtime = runtime;
    this.#signal = signal;
    this.#lease = runtime.newId();
  }

  /** Goes on with the replay where it is due. Never rejects: what went wrong stands in the replay, or in the log. */
  async toEnd(): Promise<void> {
    const { log } = this.#runtime;
    try {
      const replay = await this.#claim();
      if (replay === undefined) return;
      await this.#work(replay).catch((error: unknown) => this.#failed(error));
    } catch (error) {
      if (error instanceof NotOurReplayError) return;
      // It is due again when the lease is over.
      log.warn('replay interrupted', { replay: this.#key.id, error: errorText(error) });
    }
  }

  /** Takes the replay, if it is due: two that try at once meet on its ETag. */
  async #claim(): Promise<ReplayState | undefined> {
    const { clock } = this.#runtime;
    const { work, replay } = await this.#open();
    const { current } = replay;
    const now = clock.now();
    if (current?.dueAt === undefined || current.dueAt > now.toISOString()) return undefined;
    replay.put({ ...current, lease: this.#lease, dueAt: later(now, leaseMs) });
    await work.commit().catch((error: unknown) => {
      throw error instanceof StaleStateError ? new NotOurReplayError('somebody else was faster') : error;
    });
    return replay.state;
  }

  async #work(claimed: ReplayState): Promise<void> {
    const { consumers, clock } = this.#runtime;
    const consumer = consumers.list.find(({ name }) => name === claimed.consumer);
    if (consumer === undefined) throw new Error(`this code has no consumer ${claimed.consumer}`);
    const { from } = claimed;
    if (!(await this.#walk(claimed, consumer))) return this.#release();
    if (from !== undefined) return this.#deliver({ ...claimed, from }, consumer);
    await this.#change((state) => ended(state, 'done', clock.now()));
  }

  /** Walks over the documents that are left; tells whether all were, or this process is to stop. */
  async #walk({ walks, dryRun }: ReplayState, { service, reactions }: TopicConsumer): Promise<boolean> {
    const { containerOf, openUnitOfWork, clock } = this.#runtime;
    const { tenant } = this.#key;
    for (const { subscriber, ...walk } of walks.filter(({ isDone }) => !isDone)) {
      const remaking = reactions.find(({ name }) => name === subscriber)?.remakes;
      if (remaking === undefined) throw new Error(`this code makes nothing of documents for ${subscriber}`);
      const cause = this.#cause();
      const open = (boundary: string) => openUnitOfWork({ service, boundary, cause, isRetry: true });
      const place = { container: containerOf(service), tenant, remaking, open, clock, dryRun };
      let { after } = walk;
      for (let isDone = false; !isDone; ) {
        if (this.#signal.aborted) return false;
        const began = clock.now().getTime();
        const step = await walkStep(place, after);
        const now = clock.now();
        const worked = { now, workedMs: now.getTime() - began };
        const { status } = await this.#change((state) => walked(state, subscriber, step, worked));
        if (status !== 'running') throw new NotOurReplayError(`the replay was ${status}`);
        ({ last: after, isLast: isDone } = step);
      }
    }
    return true;
  }

  async #deliver(claimed: ReplayOfEvents, consumer: TopicConsumer): Promise<void> {
    const { topicReader, clock } = this.#runtime;
    const { topic } = consumer;
    const from = new Date(claimed.from);
    const to = claimed.to === undefined ? undefined : new Date(claimed.to);
    let replay: ReplayState = claimed;
    if (replay.partitions === undefined) {
      const stretches = await topicReader.locate(topic, from, to);
      replay = await this.#change((state) => located(state, stretches));
    }
    while (replay.status === 'running') {
      const { partitions: stretches = [], isCatchingUp } = replay;
      const take = (piece: Piece) => this.#step(piece, consumer, { ...claimed, isCatchingUp });
      await topicReader.read({ topic, stretches, take, signal: this.#signal });
      if (this.#signal.aborted) return this.#release();
      const newest = claimed.rebuild && !isCatchingUp ? await topicReader.locate(topic, clock.now()) : [];
      replay = await this.#change((state) => completed(state, newest, clock.now()));
    }
    this.#runtime.log.info('replay ended', { replay: this.#key.id, status: replay.status });
  }

  async #step({ partition, next, records }: Piece, consumer: TopicConsumer, replay: ReplayOfEvents): Promise<void> {
    const { clock } = this.#runtime;
    const began = clock.now().getTime();
    const { subscriber, from, walks } = replay;
    const earliest = began - rememberedSeconds * 1_000;
    const forgotten = records.filter(({ timestamp }) => Date.parse(timestamp) < earliest);
    // What says a time before the span is not of it: its sender's clock is wrong, and stops nothing.
    if (forgotten.some(({ timestamp }) => Date.parse(timestamp) >= Date.parse(from)))
      throw new ForgottenEventsError('the span has become older than it is remembered that events were handled');
    const remembered = records.filter((record) => !forgotten.includes(record));
    const isWalked = (name: string) => walks.some((walk) => walk.subscriber === name);
    const isMeant = (name: string) => subscriber === undefined || name === subscriber;
    const reactions = consumer.reactions.filter(({ name }) => isMeant(name) && !isWalked(name));
    const { taken, counts } = replayedOf(remembered, replay, reactions);
    if (!replay.dryRun && taken.length > 0) await this.#consume(taken, { ...consumer, reactions }, replay);
    const workedMs = clock.now().getTime() - began;
    const { status } = await this.#change((state) => advanced(state, { partition, next, counts, workedMs }));
    if (status !== 'running') throw new NotOurReplayError(`the replay was ${status}`);
  }

  async #consume(records: Piece['records'], consumer: TopicConsumer, replay: ReplayState): Promise<void> {
    const { service, reactions } = consumer;
    const projections = reactions.flatMap(({ projects = [] }) => projects);
    const rebuild = replay.rebuild && !replay.isCatchingUp ? { id: this.#key.id, projections } : undefined;
    // As if it was a retry: in what is done again nothing is likely to be new, and what was lost is not there as it was last seen.
    const open: ConsumeDependencies['open'] = (boundary, cause) =>
      this.#runtime.openUnitOfWork({ service, boundary, cause, isRetry: true, rebuild });
    await consumeBatch(records, consumer, { ...consumeDependencies(service, this.#runtime), retryWindowMs, open });
  }

  async #failed(error: unknown): Promise<void> {
    if (error instanceof NotOurReplayError) return;
    const { clock, log } = this.#runtime;
    log.warn('replay failed', { replay: this.#key.id, error: errorText(error) });
    await this.#change((state) => {
      if (state.status !== 'running') return state;
      const next = failed(state, errorText(error), clock.now());
      return error instanceof ForgottenEventsError ? ended(next, 'failed', clock.now()) : next;
    });
  }

  /** This process ends: somebody else may go on at once. */
  async #release(): Promise<void> {
    const dueAt = this.#runtime.clock.now().toISOString();
    await this.#change((replay) => {
      const { lease: _, ...state } = replay;
      return replay.status === 'running' ? { ...state, dueAt } : replay;
    });
  }

  /** Changes the replay for as long as it is ours, and keeps it so for the next step. @throws NotOurReplayError */
  async #change(change: (replay: ReplayState) => ReplayState): Promise<ReplayState> {
    for (;;) {
      const { work, replay } = await this.#open();
      const { current } = replay;
      if (current === undefined || current.lease !== this.#lease) throw new NotOurReplayError('somebody else is at it');
      const dueAt = later(this.#runtime.clock.now(), leaseMs);
      replay.put(change(current.status === 'running' ? { ...current, dueAt } : current));
      try {
        await work.commit();
        return replay.state;
      } catch (error) {
        if (!(error instanceof StaleStateError)) throw error;
      }
    }
  }

  async #open() {
    const { tenant, id } = this.#key;
    const boundary = storedBoundary(tenant, replaysBoundary);
    const { deadLetterService: service, openUnitOfWork } = this.#runtime;
    const work = openUnitOfWork({ service, boundary, cause: this.#cause() });
    return { work, replay: await work.load(Replay, id) };
  }

  #cause(): Cause {
    const { tenant, id } = this.#key;
    return { tenant, correlationId: id, traceparent: traceContext(undefined).traceparent };
  }
}

/** Markers of the span's events may be gone: what was done could be done again. */
class ForgottenEventsError extends Error {
  override readonly name = 'ForgottenEventsError';
}
