import type { Kafka } from 'kafkajs';
import { busUnusable } from '../bus/kafka/bus-trouble.ts';
import { connectKafka } from '../bus/kafka/kafka-connection.ts';
import { kafkaTransport } from '../bus/kafka/kafka-transport.ts';
import type { Transport } from '../bus/transport.ts';
import { systemClock } from '../clock.ts';
import type { Envelope } from '../events/envelope.ts';
import type { DataOfType } from '../events/registry.ts';
import type { KafkaSettings } from '../settings/bus-settings.ts';
import { readKafkaSettings } from '../settings/settings.ts';
import { jsonLog, type Log } from '../telemetry/log.ts';
import { groupOfSubscription } from './consumer-group.ts';
import { createEvent } from './create-event.ts';
import { type DeliveryOptions, deliver, type EventHandler, type FailurePolicy, untilItSucceeds } from './deliver.ts';
import { placeOf } from './event-names.ts';
import { messageFor } from './message-for.ts';
import { Subscription } from './subscription.ts';

export { BusUnusableError } from '../bus/kafka/bus-trouble.ts';
export type { Envelope } from '../events/envelope.ts';
export { getConsumerGroup } from './consumer-group.ts';
export { createEvent, type EventOrigin } from './create-event.ts';
export {
  type EventHandler,
  type FailurePolicy,
  type MessageMetadata,
  untilItSucceeds,
} from './deliver.ts';
export { KAFKA_TOPICS, UnknownNameError } from './event-names.ts';
export { InvalidEventError } from './invalid-event.ts';
export type { Subscription } from './subscription.ts';

export interface KafkaServiceOptions {
  /** By default the KAFKA_* variables of the environment. */
  readonly settings?: KafkaSettings;
  /** How the brokers' logs call this program. */
  readonly clientId?: string;
  /** After how long in silence this process counts as dead, and others take its partitions over. By default 30 s. */
  readonly sessionTimeoutMs?: number;
  readonly log?: Log;
}

export interface SubscribeOptions {
  /** Whether a group that has never been there begins with the oldest event on the bus (the default) or the next. */
  readonly fromBeginning?: boolean;
  /** By default an event is tried until it succeeds; only what is no event is skipped. */
  readonly onFailure?: FailurePolicy;
}

/** How the connection is. */
export interface KafkaHealth {
  /** Whether the brokers answer. */
  readonly connected: boolean;
  /** Whether this service can publish. */
  readonly producer: boolean;
  /** How many subscriptions are members of their group. */
  readonly consumers: number;
  /** The brokers of the cluster, `host:port`. */
  readonly brokers: readonly string[];
}

/**
 * The bus for programs beside Lagerhaus, under the names that the systems it replaces had (docs/kafka-service.md). Within
 * Lagerhaus events leave only through the outbox, with the change that they tell of.
 */
export class KafkaService {
  readonly createEvent = createEvent;
  readonly #kafka: Kafka;
  readonly #settings: KafkaSettings;
  readonly #sessionTimeoutMs: number;
  readonly #log: Log;
  readonly #subscriptions = new Set<Subscription>();
  #transport: Transport | undefined;

  /** @throws SettingsError when the environment does not say how to reach the bus. */
  constructor({
    settings = readKafkaSettings(),
    clientId = 'lagerhaus-program',
    sessionTimeoutMs = 30_000,
    log = jsonLog(() => systemClock.now()),
  }: KafkaServiceOptions = {}) {
    this.#kafka = connectKafka(settings, clientId);
    this.#settings = settings;
    this.#sessionTimeoutMs = sessionTimeoutMs;
    this.#log = log;
  }

  /** Connects; again, it does nothing. @throws BusUnusableError with a line that says what to change. */
  async initialize(): Promise<void> {
    if (this.#transport !== undefined) return;
    try {
      await this.#describeBrokers();
    } catch (error) {
      throw busUnusable(error, this.#settings);
    }
    this.#transport ??= kafkaTransport(this.#kafka, this.#settings);
  }

  /**
   * Settles once the bus has the event. Where it rejects, the event may be there all the same: publish the same one again,
   * readers tell by its id.
   *
   * @param name where to: an event type or a topic, by any of its names
   * @param key events of one key stay in order; by default the event's own
   * @throws InvalidEventError, UnknownNameError before anything is sent; MessageRefusedError; whatever keeps the bus from answering.
   */
  async publishEvent(name: string, event: Envelope, key?: string): Promise<void> {
    await this.#connected().send([messageFor(name, event, key)]);
  }

  /**
   * Hands events to a handler, at least once each; those of one key in order, one at a time. Settles once this process is a
   * member of the group. An event whose handler throws is handed to it again, after a growing pause of up to five seconds;
   * what comes behind it in its partition waits.
   *
   * @param name what to listen to: an event type or a topic, by any of its names; named by its type, an event comes with
   *   the type of its data
   * @param group whose instances share the work (`getConsumerGroup`)
   */
  async subscribe<Name extends string>(
    name: Name,
    group: string,
    handler: EventHandler<DataOfType<Name>>,
    { fromBeginning = true, onFailure = untilItSucceeds }: SubscribeOptions = {},
  ): Promise<Subscription> {
    this.#connected();
    const { topic, type } = placeOf(name);
    const delivery: DeliveryOptions = {
      type,
      group: groupOfSubscription(group, type ?? topic),
      // Data are read by the contract that the handler's type was taken from.
      handler: handler as EventHandler,
      onFailure,
      log: this.#log,
    };
    const subscription = new Subscription({
      kafka: this.#kafka,
      topic,
      group: delivery.group,
      fromBeginning,
      sessionTimeoutMs: this.#sessionTimeoutMs,
      deliver: (record, attempt) => deliver(record, attempt, delivery),
      log: this.#log,
    });
    this.#subscriptions.add(subscription);
    try {
      await subscription.start();
    } catch (error) {
      this.#subscriptions.delete(subscription);
      throw error;
    }
    return subscription;
  }

  /** Asks the brokers now; never rejects. */
  async healthCheck(): Promise<KafkaHealth> {
    // That they do not answer is what the health says.
    const brokers = this.#transport === undefined ? [] : await this.#describeBrokers().catch(() => []);
    const connected = brokers.length > 0;
    const joined = [...this.#subscriptions].filter(({ isJoined }) => isJoined);
    return { connected, producer: connected, consumers: joined.length, brokers };
  }

  /** Lets running handlers and sends end, commits what was handled, and leaves; `initialize` connects again. */
  async disconnect(): Promise<void> {
    const transport = this.#transport;
    this.#transport = undefined;
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    this.#subscriptions.clear();
    await transport?.close();
  }

  #connected(): Transport {
    if (this.#transport === undefined)
      throw new Error('the KafkaService is not connected: await its initialize() first');
    return this.#transport;
  }

  async #describeBrokers(): Promise<readonly string[]> {
    const admin = this.#kafka.admin({ retry: { retries: 0 } });
    try {
      await admin.connect();
      const { brokers } = await admin.describeCluster();
      return brokers.map(({ host, port }) => `${host}:${port}`);
    } finally {
      await admin.disconnect();
    }
  }
}

let ofThisProcess: KafkaService | undefined;

/**
 * The one service of this process, made when it is first asked for; the options of later calls are not looked at. A module
 * singleton, as nothing else is, because that is what the programs that use this name rely on.
 *
 * @example
 * const bus = getKafkaService({ clientId: 'loyalty' });
 */
export function getKafkaService(options?: KafkaServiceOptions): KafkaService {
  ofThisProcess ??= new KafkaService(options);
  return ofThisProcess;
}
