import type { ProjectConfig } from 'vitest/node';
import type { BusKind } from './start-bus.ts';

/** What is asked and answered over HTTP alone, in tests/acceptance. */
const ofHttpAlone = [
  'access',
  'bounded-requests',
  'campaigns',
  'conformance',
  'customers',
  'deliveries',
  'ended-tokens',
  'guessing-passwords',
  'listing-products',
  'oauth-clients',
  'own-account',
  'own-and-others',
  'parked-sales',
  'provider-reports',
  'readable-texts',
  'refunding',
  'request-log',
  'roles',
  'sessions',
  'signing-keys',
  'strangers',
  'strict-settings',
  'tills',
];

/** What runs in the test's own process, on a store and events that are handed over, in tests/guarantees. */
const withoutBus = [
  'campaigns',
  'customers',
  'deliveries',
  'erasure',
  'hoarding',
  'mailed-links',
  'newer-code',
  'operators-are-told',
  'orders-ahead-of-stock',
  'parked-deadline',
  'sold-stock',
  'tenant-settings',
];

/** Files in the suites that no other bus can change: the reason is printed. */
const leftOut: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ofHttpAlone.map((name) => [`tests/acceptance/${name}.test.ts`, 'it tests what HTTP answers, which no bus changes']),
  ),
  ...Object.fromEntries(
    withoutBus.map((name) => [`tests/guarantees/${name}.test.ts`, 'it runs in the process of the test, without a bus']),
  ),
  'tests/guarantees/overload.slow.ts': 'it tests what one process lets in; what a kill leaves, crash.slow.ts tests',
  'tests/guarantees/overload-apart.slow.ts':
    'it tests what a process lets in that others decide for; how far they are, each bus tells in its own tests',
  'tests/guarantees/effects.slow.ts': 'it tests what stands between the store and a provider',
  'tests/acceptance/accounts-by-mail.test.ts': 'it tests links of mails; that events bring mails, others test',
  'tests/guarantees/erased-everywhere.slow.ts':
    'it looks for what is left in documents, events and files, which no bus changes',
  'tests/guarantees/erasure.slow.ts':
    'what a bus can change in it, crash.slow.ts and redelivery.test.ts have with orders',
  'tests/guarantees/ended-tokens.slow.ts': 'it tests what HTTP answers, which no bus changes',
  'tests/guarantees/large-import.slow.ts': 'it tests requests and their commits, which no bus changes',
  'tests/guarantees/login-flood.slow.ts': 'it tests what HTTP answers, which no bus changes',
  'tests/guarantees/rebuild.slow.ts': 'it tests a walk over documents, which no bus changes',
  'tests/guarantees/registration.test.ts': 'it tests requests and their commits, which no bus changes',
  'tests/guarantees/restore.slow.ts': 'it tests a store that is taken back in time',
  'tests/guarantees/stale-reads.slow.ts': 'it tests what the store answers, which no bus changes',
  'tests/guarantees/stack-lifecycle.slow.ts': 'it tests how the stack with its embedded servers starts and ends',
  'tests/guarantees/event-hubs.test.ts': "it tests Event Hubs' own protocol, which the embedded servers speak",
  'tests/guarantees/event-hubs.slow.ts': "it tests Event Hubs' own protocol, which the embedded servers speak",
  'tests/guarantees/tills.slow.ts': 'what a bus can change in it, crash.slow.ts has with orders',
  'tests/guarantees/unusable-container.slow.ts': 'it tests a store that refuses, which no bus changes',
  'tests/guarantees/running-stack.test.ts': 'it tests the embedded servers of the stack and the faults in them',
};

/** What a real broker cannot be made to do, by a proxy in front of it. */
const leftOutOfApache: typeof leftOut = {
  'tests/guarantees/unwritable-topic.test.ts':
    'it has the broker refuse a request, which a real one cannot be made to do',
};

/** The files that are not run on a bus, each with the reason. */
export function leftOutOf(kind: BusKind): typeof leftOut {
  return kind === 'apache' ? { ...leftOut, ...leftOutOfApache } : leftOut;
}

/**
 * The acceptance and guarantee suites as they are, against another bus than the embedded broker (start-bus.ts), and what there
 * is to test of that bus alone.
 */
export function onBus(kind: BusKind, itsOwn: readonly string[] = []) {
  return {
    env: { TEST_BUS: kind },
    include: ['tests/acceptance/**/*.test.ts', 'tests/guarantees/**/*.{test,slow}.ts', ...itsOwn],
    exclude: Object.keys(leftOutOf(kind)),
    globalSetup: ['tests/rigs/bus/tell-what-is-left-out.ts', 'tests/rigs/stack/shared-stack.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
  } satisfies ProjectConfig;
}
