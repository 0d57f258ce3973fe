import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** From a millisecond, which no request takes less than, to as long as anybody waits. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** What a process counts of what it does, for Prometheus to ask for. Made once for a runtime and handed to its parts. */
export interface Metrics {
  readonly published: Counter<'topic'>;
  readonly consumed: Counter<'subscriber'>;
  readonly duplicates: Counter<'subscriber'>;
  readonly retries: Counter<'subscriber' | 'cause'>;
  readonly deadLetters: Counter<'subscriber'>;
  readonly waitingLetters: Counter<'subscriber'>;
  readonly effectAttempts: Counter<'effect' | 'result'>;
  readonly requestUnits: Counter<'container' | 'operation'>;
  readonly httpRequests: Counter<'endpoint' | 'status'>;
  readonly overloaded: Counter<'endpoint' | 'reason'>;
  readonly decisionWait: Gauge<'container'>;
  readonly duration: Histogram<'handler'>;
  readonly outboxDepth: Gauge<'container'>;
  readonly outboxAge: Gauge<'container'>;
  readonly consumerLag: Gauge<'consumergroup' | 'topic' | 'partition'>;
  readonly breaker: Gauge<'topic' | 'state'>;
  readonly effectBreaker: Gauge<'effect' | 'state'>;
  readonly registry: Registry;
}

/** Names and units as https://prometheus.io/docs/practices/naming/ asks for. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const described = <Label extends string>(name: string, help: string, ...labelNames: readonly Label[]) => ({
    name: `lagerhaus_${name}`,
    help,
    labelNames,
    registers: [registry],
  });
  return {
    published: new Counter(
      described(
        'events_published_total',
        'Events that the bus has acknowledged; one sent twice counts twice.',
        'topic',
      ),
    ),
    consumed: new Counter(
      described('events_consumed_total', 'Events that a subscriber is through with, in whatever way.', 'subscriber'),
    ),
    duplicates: new Counter(
      described(
        'events_duplicate_total',
        'Events that had nothing left to do: seen before by marker or in the same batch, or shown to be done by the state.',
        'subscriber',
      ),
    ),
    retries: new Counter(
      described(
        'event_retries_total',
        'Further tries of an event in place, by what the last one failed of.',
        'subscriber',
        'cause',
      ),
    ),
    deadLetters: new Counter(described('dead_letters_total', 'What was parked as a dead letter.', 'subscriber')),
    waitingLetters: new Counter(
      described('waiting_letters_total', 'Events that began to wait for a document.', 'subscriber'),
    ),
    effectAttempts: new Counter(
      described('effect_attempts_total', 'Attempts at effects outside, by how they ended.', 'effect', 'result'),
    ),
    requestUnits: new Counter(
      described('request_units_total', 'Request units that Cosmos DB charged.', 'container', 'operation'),
    ),
    httpRequests: new Counter(described('http_requests_total', 'HTTP requests answered.', 'endpoint', 'status')),
    overloaded: new Counter(
      described('overloaded_total', 'Requests refused as `overloaded`, by what told of it.', 'endpoint', 'reason'),
    ),
    decisionWait: new Gauge(
      described(
        'decision_wait_seconds',
        'How long what comes now would wait for its decision, as this process sees it; 0 where nothing waits.',
        'container',
      ),
    ),
    duration: new Histogram({
      ...described(
        'handler_duration_seconds',
        'How long a function took, commit included: an endpoint for a request, a consumer for a batch, the sweep for a run.',
        'handler',
      ),
      buckets: durationBuckets,
    }),
    outboxDepth: new Gauge(described('outbox_depth', 'Commits whose events the bus does not have yet.', 'container')),
    outboxAge: new Gauge(
      described('outbox_oldest_age_seconds', 'Age of the oldest of them; 0 where there is none.', 'container'),
    ),
    consumerLag: new Gauge(
      described(
        'consumergroup_lag',
        'Events of a partition that a consumer group has not read yet.',
        'consumergroup',
        'topic',
        'partition',
      ),
    ),
    breaker: new Gauge(
      described(
        'bus_breaker_state',
        'Circuit breaker towards a topic: 1 for the state that it is in.',
        'topic',
        'state',
      ),
    ),
    effectBreaker: new Gauge(
      described(
        'effect_breaker_state',
        'Circuit breaker towards the provider of an effect: 1 for the state that it is in.',
        'effect',
        'state',
      ),
    ),
    registry,
  };
}
