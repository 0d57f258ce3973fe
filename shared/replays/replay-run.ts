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
} from './replay-state.ts';
import { replayedOf } from './replayed-records.ts';

/** Which replay. */
export interface ReplayKey {
  readonly tenant: string;
  readonly id: string;
}

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
      await this.#deliver(replay).catch((error: unknown) => this.#failed(error));
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

  async #deliver(claimed: ReplayState): Promise<void> {
    const { topicReader, consumers, clock } = this.#runtime;
    const consumer = consumers.list.find(({ name }) => name === claimed.consumer);
    if (consumer === undefined) throw new Error(`this code has no consumer ${claimed.consumer}`);
    const { topic } = consumer;
    const from = new Date(claimed.from);
    const to = claimed.to === undefined ? undefined : new Date(claimed.to);
    let replay = claimed;
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

  async #step({ partition, next, records }: Piece, consumer: TopicConsumer, replay: ReplayState): Promise<void> {
    const { clock } = this.#runtime;
    const began = clock.now().getTime();
    const { subscriber, from } = replay;
    const earliest = began - rememberedSeconds * 1_000;
    const forgotten = records.filter(({ timestamp }) => Date.parse(timestamp) < earliest);
    // What says a time before the span is not of it: its sender's clock is wrong, and stops nothing.
    if (forgotten.some(({ timestamp }) => Date.parse(timestamp) >= Date.parse(from)))
      throw new ForgottenEventsError('the span has become older than it is remembered that events were handled');
    const remembered = records.filter((record) => !forgotten.includes(record));
    const reactions = consumer.reactions.filter(({ name }) => subscriber === undefined || name === subscriber);
    const { taken, counts } = replayedOf(remembered, replay, reactions);
    if (!replay.dryRun && taken.length > 0) await this.#consume(taken, { ...consumer, reactions }, replay);
    const workedMs = clock.now().getTime() - began;
    const { status } = await this.#change((state) => advanced(state, { partition, next, counts, workedMs }));
    if (status !== 'running') throw new NotOurReplayError(`the replay was ${status}`);
  }

  #consume(records: Piece['records'], consumer: TopicConsumer, replay: ReplayState): Promise<void> {
    const { service, reactions } = consumer;
    const projections = reactions.flatMap(({ projects = [] }) => projects);
    const rebuild = replay.rebuild && !replay.isCatchingUp ? { id: this.#key.id, projections } : undefined;
    const live = { ...consumeDependencies(service, this.#runtime), retryWindowMs };
    // As if it was a retry: in what is done again nothing is likely to be new, or as it was last seen.
    const open: ConsumeDependencies['open'] = (boundary, cause) =>
      this.#runtime.openUnitOfWork({ service, boundary, cause, isRetry: true, rebuild });
    return consumeBatch(records, consumer, rebuild === undefined ? live : { ...live, open });
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
    const cause: Cause = { tenant, correlationId: id, traceparent: traceContext(undefined).traceparent };
    const boundary = storedBoundary(tenant, replaysBoundary);
    const { deadLetterService: service, openUnitOfWork } = this.#runtime;
    const work = openUnitOfWork({ service, boundary, cause });
    return { work, replay: await work.load(Replay, id) };
  }
}

/** Markers of the span's events may be gone: what was done could be done again. */
class ForgottenEventsError extends Error {
  override readonly name = 'ForgottenEventsError';
}
