import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  noJitterGenerator,
} from 'cockatiel';
import { Coalescer } from '../async/coalesce.ts';
import { pausing, retry } from '../async/retry.ts';
import { type BusMessage, busMessage } from '../bus/bus-message.ts';
import { MessageRefusedError, type Transport } from '../bus/transport.ts';
import type { Clock } from '../clock.ts';
import { bytesOnTheBus } from '../events/message-size.ts';
import { type OutboxDocument, receiptOf } from '../persistence/commit/outbox.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { traceIdOf } from '../telemetry/trace-context.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import { BusStatusLog } from './bus-status-log.ts';
import { sendSpans } from './send-spans.ts';

/** What became of an outbox document: sent and removed, refused by the bus for good, or left to the next sweep. */
export type SendOutcome = 'sent' | 'refused' | 'left';

/** What the circuit breaker may be: `half-open` tries whether the bus is back. */
export const breakerStates = ['closed', 'half-open', 'open'] as const;
export type BreakerState = (typeof breakerStates)[number];

const breakerStateOf: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
};

interface Owed {
  readonly outbox: OutboxDocument;
  readonly container: DocumentContainer;
  readonly messages: readonly BusMessage[];
  readonly bytes: number;
  /** A stranger's document becomes a receipt when it is sent: its writer may still wait for the answer to its commit. */
  readonly isStrangers: boolean;
  readonly settle: (delivery: SendOutcome) => void;
}

interface Dependencies {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'published'>;
  readonly tracing?: Tracing | undefined;
}

/** A record batch of one partition may have 1 MiB: kept below it even where a whole request goes to one partition. */
const maxRequestBytes = 900_000;
/** More than this are not held in memory while the bus is away; the sweep finds the rest. */
const maxHeld = 10_000;
const failuresUntilOpen = 3;
/** How long a bus that failed is left alone: longer from try to try, since one that refuses us should not be hammered. */
const untilNextTry = new ExponentialBackoff({ initialDelay: 1_000, maxDelay: 5_000, generator: noJitterGenerator });
const lookAgainMs = 100;
/** How often the removal of what was sent is tried. */
const removals = 4;

/**
 * Brings what commits owe the bus to the bus, in commit order, and removes it from the outbox once it is acknowledged.
 * Nobody awaits it: a document that is not sent, for whatever reason, stays in the outbox for the sweep.
 */
export class Dispatcher {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #metrics: Dependencies['metrics'];
  readonly #tracing: Tracing | undefined;
  readonly #news: BusStatusLog;
  readonly #held = new Set<string>();
  readonly #sending = new Coalescer<Owed>((owed) => this.#flush(owed));
  readonly #removing = new Coalescer<Owed>((sent) => this.#remove(sent));
  readonly #breaker = circuitBreaker(
    handleWhen((error) => !(error instanceof MessageRefusedError)),
    { halfOpenAfter: untilNextTry, breaker: new ConsecutiveBreaker(failuresUntilOpen) },
  );
  #isStopping = false;

  constructor({ transport, clock, log, metrics, tracing }: Dependencies) {
    this.#transport = transport;
    this.#clock = clock;
    this.#log = log;
    this.#metrics = metrics;
    this.#tracing = tracing;
    this.#news = new BusStatusLog(log);
    this.#breaker.onBreak(() => this.#news.away());
    this.#breaker.onSuccess(() => this.#news.sent());
  }

  /** Whether the bus has lately failed to answer. */
  get isBusAway(): boolean {
    return this.#breaker.state === CircuitState.Open;
  }

  /** The state of the circuit breaker towards the bus. */
  get breaker(): BreakerState {
    return breakerStateOf[this.#breaker.state];
  }

  /** Sends what this process has just committed. */
  dispatch(outbox: OutboxDocument, container: DocumentContainer): void {
    if (this.#held.size < maxHeld) this.#hold(outbox, container, false, () => undefined);
  }

  /** Sends what the sweep found, unless it is on its way already. */
  dispatchFound(outbox: OutboxDocument, container: DocumentContainer): Promise<SendOutcome> {
    if (this.#held.has(outbox.id)) return Promise.resolve('left');
    return new Promise((settle) => this.#hold(outbox, container, true, settle));
  }

  /** Sends and removes all that is held, unless the bus is away; what is left then is the sweep's. */
  async drain(): Promise<void> {
    this.#isStopping = true;
    await this.#sending.idle();
    await this.#removing.idle();
  }

  #hold(
    outbox: OutboxDocument,
    container: DocumentContainer,
    isStrangers: boolean,
    settle: (delivery: SendOutcome) => void,
  ): void {
    const messages = outbox.messages.map(busMessage);
    const bytes = messages.reduce((sum, message) => sum + bytesOnTheBus(message), 0);
    this.#held.add(outbox.id);
    this.#sending.add({ outbox, container, messages, bytes, isStrangers, settle });
  }

  async #flush(owed: readonly Owed[]): Promise<void> {
    for (const chunk of chunks(owed)) await this.#deliver(chunk);
  }

  /**
   * Tries until the bus has taken the chunk; one that it refuses is taken apart until the culprit stands alone. Only what
   * this process owes is tried again: what the sweep found, it finds again, and it has other things to do meanwhile.
   */
  async #deliver(chunk: readonly Owed[]): Promise<void> {
    let rest = chunk;
    while (rest.length > 0) {
      const messages = rest.flatMap((owed) => owed.messages);
      try {
        await this.#breaker.execute(() => this.#send(messages));
        this.#sent(rest);
        return;
      } catch (error) {
        if (error instanceof MessageRefusedError) return this.#refused(rest, error);
        if (!(error instanceof BrokenCircuitError)) this.#news.failed(error);
        this.#settle(
          rest.filter(({ isStrangers }) => isStrangers || this.#isStopping),
          'left',
        );
        rest = this.#isStopping ? [] : rest.filter(({ isStrangers }) => !isStrangers);
        if (rest.length > 0) await this.#clock.wait(lookAgainMs);
      }
    }
  }

  #send(messages: readonly BusMessage[]): Promise<void> {
    const send = () => this.#transport.send(messages);
    return this.#tracing === undefined ? send() : this.#tracing.withinEach(sendSpans(messages), send);
  }

  #sent(chunk: readonly Owed[]): void {
    const messages = chunk.flatMap((owed) => owed.messages);
    for (const [topic, { length }] of Map.groupBy(messages, (message) => message.topic))
      this.#metrics.published.inc({ topic }, length);
    this.#removing.add(...chunk);
  }

  async #refused(chunk: readonly Owed[], error: MessageRefusedError): Promise<void> {
    if (chunk.length > 1) {
      for (const owed of chunk) await this.#deliver([owed]);
      return;
    }
    const outbox = chunk[0]?.outbox;
    const traceId = traceIdOf(outbox?.messages[0]?.envelope.traceparent);
    this.#log.error('bus refused an event', { error: error.message, outbox: outbox?.id, traceId });
    this.#settle(chunk, 'refused');
  }

  async #remove(sent: readonly Owed[]): Promise<void> {
    for (const [container, owed] of Map.groupBy(sent, (one) => one.container)) {
      this.#settle(owed, await this.#removeFrom(container, owed));
    }
  }

  /** A few tries: what stays is sent again by the sweep, which is harmless but wasteful. */
  async #removeFrom(container: DocumentContainer, sent: readonly Owed[]): Promise<SendOutcome> {
    const [strangers, own] = [
      sent.filter(({ isStrangers }) => isStrangers),
      sent.filter(({ isStrangers }) => !isStrangers),
    ];
    const attempt = async () => {
      await container.remove(own.map(({ outbox }) => outbox));
      for (const { outbox } of strangers) await container.replaceIfUnchanged(receiptOf(outbox));
    };
    try {
      await retry(attempt, { when: (_, tries) => tries < removals, pause: pausing(this.#clock) });
      return 'sent';
    } catch (error) {
      this.#log.warn('outbox removal failed, sent events will be sent again', { error: errorText(error) });
      return 'left';
    }
  }

  #settle(chunk: readonly Owed[], delivery: SendOutcome): void {
    for (const { outbox, settle } of chunk) {
      this.#held.delete(outbox.id);
      settle(delivery);
    }
  }
}

/** Cuts a sequence, in order, into pieces that one request can take. */
function chunks(owed: readonly Owed[]): readonly (readonly Owed[])[] {
  const pieces: Owed[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const one of owed) {
    if (bytes + one.bytes > maxRequestBytes) {
      pieces.push([]);
      bytes = 0;
    }
    pieces.at(-1)?.push(one);
    bytes += one.bytes;
  }
  return pieces;
}
