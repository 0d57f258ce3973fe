import { Breaker } from '../async/breaker.ts';
import type { BusMessage } from '../bus/bus-message.ts';
import { MessageRefusedError } from '../bus/transport.ts';
import type { Clock } from '../clock.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import { traceIdOf } from '../telemetry/trace-context.ts';
import { BusStatusLog } from './bus-status-log.ts';
import type { OwedCommit, Part, SendOutcome } from './owed-commit.ts';
import type { Pace } from './pace.ts';
import { SendQueue } from './send-queue.ts';

interface Dependencies {
  readonly topic: string;
  readonly pace: Pace;
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
 * What this process owes is tried until the bus takes it; only what fails alone while the rest gets through is left to the
 * sweep. What the sweep found waits for nothing: where a try fails it goes back, for the sweep finds it again and has other
 * things to do meanwhile. Nor does what has to go alone, or is more than one request takes, wait for the pace.
 */
export class TopicLane {
  readonly #dependencies: Dependencies;
  readonly #news: BusStatusLog;
  readonly #breaker: Breaker;
  readonly #queue = new SendQueue();
  #underWay: ReadonlySet<OwedCommit> = new Set();
  #running: Promise<void> | undefined;
  #isStalled = false;
  #isStopping = false;

  constructor(dependencies: Dependencies) {
    const { clock, log, topic } = dependencies;
    this.#dependencies = dependencies;
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
    if (part.commit.isFound || this.#queue.isReady) this.#dependencies.pace.hurry();
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
    this.#dependencies.pace.hurry();
    await this.#running;
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    while (!this.#queue.isEmpty) {
      await this.#untilDue();
      if (this.#isStopping && this.#breaker.isFailing) this.#giveUp(() => true, 'left');
      else await this.#dependencies.pace.keptBy(this.#tryNext(), () => this.#isStopping || this.#queue.isReady);
    }
    this.#running = undefined;
  }

  async #untilDue(): Promise<void> {
    for (let left = this.#breaker.pauseMs; left > 0 && !this.#isStopping; left -= lookAgainMs)
      await this.#dependencies.clock.wait(Math.min(lookAgainMs, left));
  }

  async #tryNext(): Promise<void> {
    const parts = this.#breaker.state === 'closed' ? this.#queue.next() : this.#queue.probe();
    this.#underWay = new Set(parts.map(({ commit }) => commit));
    try {
      await this.#breaker.attempt(() => this.#dependencies.send(parts.flatMap(({ messages }) => messages)));
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
    for (const { commit, isLast } of parts) if (isLast) this.#dependencies.settled(commit, 'sent');
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
    this.#dependencies.log.error('bus refused an event', { error: error.message, outbox: commit.outbox.id, traceId });
    this.#giveUp((part) => part.commit === commit, 'refused');
  }

  #failed(parts: readonly Part[], error: unknown): void {
    this.#news.failed(error);
    this.#dependencies.pace.hurry();
    if (this.#breaker.state !== 'closed') this.#news.away();
    this.#giveUp(({ commit }) => commit.isFound && this.#underWay.has(commit), 'failed');
    this.#giveUp(({ commit }) => commit.isFound, 'left');
    const [first] = parts;
    if (first === undefined || first.commit.isFound || parts.length > 1) return;
    if (!this.#queue.failedAlone(first)) return;
    this.#dependencies.log.warn('event failed alone, left to the sweep', {
      error: errorText(error),
      outbox: first.commit.outbox.id,
    });
    this.#giveUp(({ commit }) => commit === first.commit, 'failed');
  }

  #giveUp(isSo: (part: Part) => boolean, outcome: SendOutcome): void {
    for (const commit of this.#queue.takeOut(isSo)) this.#dependencies.settled(commit, outcome);
  }
}
