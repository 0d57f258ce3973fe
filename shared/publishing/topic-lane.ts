import { Breaker } from '../async/breaker.ts';
import { EndablePause } from '../async/endable-pause.ts';
import type { BusMessage } from '../bus/bus-message.ts';
import { MessageRefusedError } from '../bus/transport.ts';
import type { Clock } from '../clock.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import { traceIdOf } from '../telemetry/trace-context.ts';
import { BusStatusLog } from './bus-status-log.ts';
import type { OwedCommit, Part, SendOutcome } from './owed-commit.ts';
import { SendQueue } from './send-queue.ts';

interface Dependencies {
  readonly topic: string;
  /** How far apart its requests begin, at least. */
  readonly apartMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly send: (messages: readonly BusMessage[]) => Promise<void>;
  /** Told what became of all that a commit owes to the topic. */
  readonly settled: (commit: OwedCommit, outcome: SendOutcome) => void;
}

/** While it waits to try again, a lane looks this often whether the process stops. */
const lookAgainMs = 100;

/**
 * The way to one topic: sends one request after the other, in commit order, behind a breaker of its own, so that a topic that
 * cannot be written keeps no other from being written.
 *
 * Requests begin a little apart: what is committed meanwhile goes together, and is then fetched, handed over and committed together by
 * each who listens. What comes after a pause goes at once, and so does what has to go alone, or is more than one request takes, or what
 * the sweep waits for.
 *
 * What this process owes is tried until the bus takes it; only what fails alone while the rest gets through is left to the
 * sweep. What the sweep found waits for nothing: where a try fails it goes back, for the sweep finds it again and has other
 * things to do meanwhile.
 */
export class TopicLane {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #send: Dependencies['send'];
  readonly #settled: Dependencies['settled'];
  readonly #news: BusStatusLog;
  readonly #breaker: Breaker;
  readonly #queue = new SendQueue();
  readonly #apartMs: number;
  readonly #apart = new EndablePause();
  #underWay: ReadonlySet<OwedCommit> = new Set();
  #running: Promise<void> | undefined;
  #isStalled = false;
  #isStopping = false;

  constructor({ topic, apartMs, clock, log, send, settled }: Dependencies) {
    this.#apartMs = apartMs;
    this.#clock = clock;
    this.#log = log;
    this.#send = send;
    this.#settled = settled;
    this.#news = new BusStatusLog(log, topic);
    this.#breaker = new Breaker(clock, { isAnswer: (error) => error instanceof MessageRefusedError });
  }

  get breaker(): Pick<Breaker, 'state' | 'lastError'> {
    return this.#breaker;
  }

  /** Whether what the sweep found is tried at once: not behind a topic that fails or does not answer, unless it is its next try. */
  get takesFound(): boolean {
    if (this.#isStalled || this.#isStopping) return false;
    return !this.#breaker.isFailing || (this.#running === undefined && this.#breaker.pauseMs === 0);
  }

  /** What waits for the topic comes to so much. */
  get bytes(): number {
    return this.#queue.bytes;
  }

  add(part: Part): void {
    this.#queue.add(part);
    this.#running ??= this.#run();
    if (part.commit.isFound || this.#queue.isReady) this.#apart.end();
  }

  /** So many bytes are needed for other topics: what came last is left to the sweep, as far as it is not under way. */
  giveBack(bytes: number): void {
    const newest = this.#queue.newest(bytes);
    this.#giveUp(({ commit }) => newest.has(commit) && !this.#underWay.has(commit), 'left');
  }

  /** The bus has not answered for long: what the sweep found goes back to it, as far as it is not under way. */
  leaveFound(): void {
    this.#isStalled = this.#underWay.size > 0;
    this.#giveUp(({ commit }) => commit.isFound && !this.#underWay.has(commit), 'left');
  }

  /** Sends what waits, unless the topic cannot be written; what is left then is the sweep's. */
  async drain(): Promise<void> {
    this.#isStopping = true;
    this.#apart.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    while (!this.#queue.isEmpty) {
      await this.#untilDue();
      if (this.#isStopping && this.#breaker.isFailing) this.#giveUp(() => true, 'left');
      else await this.#tryNext();
    }
    this.#running = undefined;
  }

  async #tryNext(): Promise<void> {
    const apart = this.#apart.lasting(this.#apartMs);
    await this.#try(this.#breaker.state === 'closed' ? this.#queue.next() : this.#queue.probe());
    if (this.#isStopping || this.#breaker.isFailing || this.#queue.isReady) this.#apart.end();
    await apart;
  }

  async #untilDue(): Promise<void> {
    for (let left = this.#breaker.pauseMs; left > 0 && !this.#isStopping; left -= lookAgainMs)
      await this.#clock.wait(Math.min(lookAgainMs, left));
  }

  async #try(parts: readonly Part[]): Promise<void> {
    this.#underWay = new Set(parts.map(({ commit }) => commit));
    try {
      await this.#breaker.attempt(() => this.#send(parts.flatMap(({ messages }) => messages)));
      this.#taken(parts);
    } catch (error) {
      if (error instanceof MessageRefusedError) this.#refused(parts, error);
      else this.#failed(parts, error);
    } finally {
      this.#underWay = new Set();
      this.#isStalled = false;
    }
  }

  #taken(parts: readonly Part[]): void {
    this.#news.sent();
    this.#queue.taken(parts);
    for (const { commit, isLast } of parts) if (isLast) this.#settled(commit, 'sent');
  }

  /** What the bus refuses is taken apart until the culprit stands alone. */
  #refused(parts: readonly Part[], error: MessageRefusedError): void {
    const [first] = parts;
    if (first === undefined || parts.length > 1) {
      this.#queue.suspect(parts);
      return;
    }
    const { commit, messages } = first;
    const traceId = traceIdOf(messages[0]?.headers.traceparent);
    this.#log.error('bus refused an event', { error: error.message, outbox: commit.outbox.id, traceId });
    this.#giveUp((part) => part.commit === commit, 'refused');
  }

  #failed(parts: readonly Part[], error: unknown): void {
    this.#news.failed(error);
    if (this.#breaker.state !== 'closed') this.#news.away();
    this.#giveUp(({ commit }) => commit.isFound && this.#underWay.has(commit), 'failed');
    this.#giveUp(({ commit }) => commit.isFound, 'left');
    const [first] = parts;
    if (first === undefined || first.commit.isFound || parts.length > 1) return;
    if (!this.#queue.failedAlone(first)) return;
    this.#log.warn('event failed alone, left to the sweep', {
      error: errorText(error),
      outbox: first.commit.outbox.id,
    });
    this.#giveUp(({ commit }) => commit === first.commit, 'failed');
  }

  #giveUp(isSo: (part: Part) => boolean, outcome: SendOutcome): void {
    for (const commit of this.#queue.takeOut(isSo)) this.#settled(commit, outcome);
  }
}
