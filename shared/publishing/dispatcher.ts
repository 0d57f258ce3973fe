import type { BreakerState } from '../async/breaker.ts';
import { withTimeout } from '../async/timeout.ts';
import type { BusMessage } from '../bus/bus-message.ts';
import type { Transport } from '../bus/transport.ts';
import type { Clock } from '../clock.ts';
import type { CarriedEvents } from '../persistence/commit/carried-events.ts';
import type { OutboxDocument } from '../persistence/commit/outbox.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import { CarriedRemoval } from './carried-removal.ts';
import { OutboxRemoval } from './outbox-removal.ts';
import { type OwedCommit, outcomeOf, overheadBytes, owedCommit, type SendOutcome } from './owed-commit.ts';
import { Pace } from './pace.ts';
import { sendSpans } from './send-spans.ts';
import { TopicLane } from './topic-lane.ts';

interface Dependencies {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'published'>;
  readonly tracing?: Tracing | undefined;
  /** How long the sweep waits for what it found to be sent. */
  readonly longestWaitMs?: number;
  /** How much is held in memory, at most. */
  readonly mostHeldBytes?: number;
  /** How far apart the requests to a topic begin, at least. */
  readonly apartMs?: number;
}

/** A topic that lately could not be written, and what the last try failed of. */
export interface UnwritableTopic {
  readonly topic: string;
  readonly error: unknown;
}

/**
 * Brings what commits owe the bus to the bus, in commit order for each topic, and removes it from the outbox once all of it
 * is acknowledged. Nobody awaits it: a document that is not sent, for whatever reason, stays in the outbox for the sweep.
 */
export class Dispatcher implements CarriedEvents {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #metrics: Dependencies['metrics'];
  readonly #tracing: Tracing | undefined;
  readonly #longestWaitMs: number;
  readonly #mostHeldBytes: number;
  readonly #apartMs: number;
  readonly #lanes = new Map<string, TopicLane>();
  /** What is on its way, by the ids of outbox documents, and what it takes in memory. */
  readonly #held = new Map<string, number>();
  readonly #removal: OutboxRemoval;
  readonly #carried: CarriedRemoval;
  #heldBytes = 0;

  constructor({
    transport,
    clock,
    log,
    metrics,
    tracing,
    longestWaitMs = 5_000,
    mostHeldBytes = 32 * 1024 * 1024,
    apartMs = 10,
  }: Dependencies) {
    this.#transport = transport;
    this.#clock = clock;
    this.#log = log;
    this.#metrics = metrics;
    this.#tracing = tracing;
    this.#longestWaitMs = longestWaitMs;
    this.#mostHeldBytes = mostHeldBytes;
    this.#apartMs = apartMs;
    const settled = (commit: OwedCommit, outcome: SendOutcome) => this.#settle(commit, outcome);
    this.#removal = new OutboxRemoval({ clock, log, settled });
    this.#carried = new CarriedRemoval({ log, settled });
  }

  /** The topics that lately could not be written. */
  get unwritable(): readonly UnwritableTopic[] {
    return [...this.#lanes].flatMap(([topic, { breaker }]) =>
      breaker.state === 'closed' ? [] : [{ topic, error: breaker.lastError }],
    );
  }

  /** The state of the circuit breaker of a topic. */
  breakerOf(topic: string): BreakerState {
    return this.#lanes.get(topic)?.breaker.state ?? 'closed';
  }

  /** What is held in memory until the bus has it and the outbox no longer does. Of what would be too much, nothing is held: the sweep finds it. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Sends what this process has just committed. */
  dispatch(outbox: OutboxDocument, container: DocumentContainer, carrier?: string): void {
    // A commit has moved what is on its way already.
    if (this.#held.has(outbox.id)) return;
    this.#hold(outbox, { container, carrier, isFound: false, settle: () => undefined });
  }

  /** Whether the bus has what a document carries, as far as this process sent it. */
  wereSent(outbox: string): boolean {
    return this.#carried.has(outbox);
  }

  /** A document was written without what it carried. */
  letGo(outbox: string): void {
    this.#carried.letGo(outbox);
  }

  /** Sends what the sweep found, unless it is on its way already; never for longer than the sweep may wait. */
  async dispatchFound(outbox: OutboxDocument, container: DocumentContainer): Promise<SendOutcome> {
    const lanes = outbox.messages.map(({ topic }) => this.#laneOf(topic));
    if (this.#held.has(outbox.id) || !lanes.some(({ takesFound }) => takesFound)) return 'left';
    const { promise, resolve } = Promise.withResolvers<SendOutcome>();
    if (!this.#hold(outbox, { container, isFound: true, settle: resolve })) return 'left';
    try {
      return await withTimeout(promise, this.#longestWaitMs);
    } catch {
      // No answer in time: what is under way may still be sent, and is removed then.
      for (const lane of lanes) lane.leaveFound();
      return 'left';
    }
  }

  /** Sends and removes all that is held, unless its topic cannot be written; what is left then is the sweep's. */
  async drain(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.drain()));
    await Promise.all([this.#removal.idle(), this.#carried.idle()]);
  }

  /** Answers whether there is room for it. */
  #hold(outbox: OutboxDocument, origin: Pick<OwedCommit, 'container' | 'carrier' | 'isFound' | 'settle'>): boolean {
    const { commit, parts } = owedCommit(outbox, origin);
    if (!this.#makeRoomFor(commit)) return false;
    this.#takesUp(outbox.id, commit.bytes);
    for (const part of parts) {
      const lane = this.#laneOf(part.topic);
      if (commit.isFound && !lane.takesFound) this.#settled(part.topic, commit, 'left');
      else lane.add(part);
    }
    return true;
  }

  /**
   * Where memory is full, the topic for which most waits gives some of it back, unless this goes there, too: so what waits for a
   * topic that cannot be written keeps no other from being sent.
   */
  #makeRoomFor({ bytes, topics }: OwedCommit): boolean {
    const missing = () => this.#heldBytes + bytes - this.#mostHeldBytes;
    if (missing() <= 0) return true;
    const [fullest] = [...this.#lanes].toSorted(([, one], [, other]) => other.bytes - one.bytes);
    if (fullest === undefined || topics.has(fullest[0])) return false;
    fullest[1].giveBack(missing());
    return missing() <= 0;
  }

  #takesUp(id: string, bytes: number): void {
    this.#heldBytes += bytes - (this.#held.get(id) ?? 0);
    this.#held.set(id, bytes);
  }

  #laneOf(topic: string): TopicLane {
    const known = this.#lanes.get(topic);
    if (known !== undefined) return known;
    const lane = new TopicLane({
      topic,
      pace: new Pace(this.#apartMs),
      clock: this.#clock,
      log: this.#log,
      send: (messages) => this.#send(topic, messages),
      settled: (commit, outcome) => this.#settled(topic, commit, outcome),
    });
    this.#lanes.set(topic, lane);
    return lane;
  }

  async #send(topic: string, messages: readonly BusMessage[]): Promise<void> {
    const send = () => this.#transport.send(messages);
    await (this.#tracing === undefined ? send() : this.#tracing.withinEach(sendSpans(messages), send));
    this.#metrics.published.inc({ topic }, messages.length);
  }

  /** A commit is through with a topic; where it is with all of them, and one has its part, the outbox document changes. */
  #settled(topic: string, commit: OwedCommit, outcome: SendOutcome): void {
    commit.outcomes.set(topic, outcome);
    if (commit.outcomes.size < commit.topics.size) return;
    if (![...commit.outcomes.values()].includes('sent')) {
      this.#settle(commit, outcomeOf(commit));
      return;
    }
    // Its messages are let go. How long the store takes to remove it says nothing of the room for others.
    this.#takesUp(commit.outbox.id, overheadBytes);
    const { carrier } = commit;
    if (carrier === undefined) this.#removal.add(commit);
    else this.#carried.add({ ...commit, carrier });
  }

  #settle(commit: OwedCommit, outcome: SendOutcome): void {
    this.#takesUp(commit.outbox.id, 0);
    this.#held.delete(commit.outbox.id);
    commit.settle(outcome);
  }
}
