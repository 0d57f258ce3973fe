import type { ProjectConfig } from 'vitest/node';
import type { BusKind } from './start-bus.ts';

/**
 * What of the suites another bus than the embedded broker can break, and what it would break there. All else asks and answers
 * over HTTP, is about the store, or runs without a bus: it is run once, on the embedded one.
 */
export const whatABusCanBreak: Readonly<Record<string, string>> = {
  'tests/acceptance/dead-letters.test.ts': 'records that are no events, and records sent once more as they were',
  'tests/acceptance/events-on-the-bus.test.ts': 'keys, headers and the order of events',
  'tests/acceptance/health-in-trouble.test.ts': 'what is told of a bus that is away, and of a consumer that is behind',
  'tests/acceptance/health.test.ts': 'what is told of a bus that is well',
  'tests/acceptance/hot-stock.test.ts': 'a rush at one partition',
  'tests/acceptance/kafka-service.test.ts': 'a program of its own beside the app',
  'tests/acceptance/lag.test.ts': 'offsets, as the bus tells them',
  'tests/acceptance/replays.test.ts': 'reading a topic by its times, and stopping there',
  'tests/acceptance/telemetry.test.ts': 'a trace that goes through the headers of records',
  'tests/acceptance/walkthrough.test.ts': 'whatever everybody uses',
  'tests/guarantees/bus-away.slow.ts': 'a producer without a bus, and its return',
  'tests/guarantees/bus-long-away.slow.ts': 'the order of what waited for a bus',
  'tests/guarantees/consumers.slow.ts': 'offsets of a consumer that was away, and the session of a slow one',
  'tests/guarantees/container-away.test.ts': 'a batch that is held up, and its place',
  'tests/guarantees/crash.slow.ts': 'a producer, or a consumer, that dies between any two steps',
  'tests/guarantees/outside-bus.slow.ts': 'how a bus says that its address, certificate or password is wrong',
  'tests/guarantees/poison.test.ts': 'records that are no events, on partitions with others',
  'tests/guarantees/rebalances.slow.ts': 'how a bus shares partitions out anew',
  'tests/guarantees/redelivery.test.ts': 'events that come again, and late',
  'tests/guarantees/replay-under-load.slow.ts': 'reading a topic while it grows',
  'tests/guarantees/replay.slow.ts': 'reading a topic by its times, once more after a kill',
  'tests/guarantees/restart.slow.ts': 'members of a group that die or leave under load',
  'tests/guarantees/tenants-apart.slow.ts': 'partitions that wait for none of the others',
  'tests/guarantees/thousand-orders.slow.ts': 'a rush at one partition, and the order in it',
  'tests/guarantees/two-instances.slow.ts': 'a group with two members',
  'tests/guarantees/unsteady-bus.slow.ts': 'restarts, and partitions without a leader',
  'tests/guarantees/unwritable-topic.test.ts': 'a producer whose topic is refused',
};

/** What is left out on one of them. */
const leftOut: Readonly<Record<BusKind, readonly string[]>> = {
  embedded: [],
  // The embedded broker with other limits, with tokens, and with connections that are closed when idle: how it shares out
  // partitions, keeps an order, dies and comes back is tested where it is as it is by default.
  'event-hubs': [
    'tests/acceptance/hot-stock.test.ts',
    'tests/guarantees/bus-long-away.slow.ts',
    'tests/guarantees/crash.slow.ts',
    'tests/guarantees/rebalances.slow.ts',
    'tests/guarantees/replay-under-load.slow.ts',
    'tests/guarantees/tenants-apart.slow.ts',
    'tests/guarantees/thousand-orders.slow.ts',
    'tests/guarantees/unsteady-bus.slow.ts',
  ],
  // A real broker cannot be made to refuse a request, by a proxy in front of it.
  apache: ['tests/guarantees/unwritable-topic.test.ts'],
};

/**
 * These suites as they are, against another bus than the embedded broker (start-bus.ts), and what there is to test of that bus
 * alone.
 */
export function onBus(kind: BusKind, itsOwn: readonly string[] = []) {
  return {
    env: { TEST_BUS: kind },
    include: [...Object.keys(whatABusCanBreak), ...itsOwn],
    exclude: [...leftOut[kind]],
    globalSetup: 'tests/rigs/stack/shared-stack.ts',
    testTimeout: 180_000,
    hookTimeout: 120_000,
  } satisfies ProjectConfig;
}
