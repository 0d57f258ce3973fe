import { z } from 'zod';
import { startApacheBus } from './apache-bus.ts';
import { startEmbeddedBus } from './embedded-bus.ts';
import { type BusProfile, startEventHubsProfile } from './event-hubs-profile.ts';
import type { TestBus, TestBusOptions } from './test-bus.ts';

const buses = { embedded: startEmbeddedBus, 'event-hubs': startEmbeddedBus, apache: startApacheBus } as const;

const BusKind = z.enum(['embedded', 'event-hubs', 'apache']);
export type BusKind = z.infer<typeof BusKind>;

/** Which bus the tests are run against (on-bus.ts); by default the one that `npm start` brings along. */
export function busKindOf({ TEST_BUS }: Readonly<Record<string, unknown>>): BusKind {
  return BusKind.default('embedded').parse(TEST_BUS);
}

/** A bus beside the stack, of the kind that the tests are run against. */
export function startBus(options: TestBusOptions): Promise<TestBus> {
  return buses[busKindOf(process.env)](options);
}

/** The bus for a stack that has no wish of its own; undefined where the stack brings it along. */
export async function startBusOfKind(kind: BusKind, options: TestBusOptions): Promise<TestBus | undefined> {
  return kind === 'apache' ? await startBus(options) : undefined;
}

/** How the broker that a stack brings along is to be, where the tests are run against one that is not as it is by default. */
export async function startProfileOfKind(kind: BusKind): Promise<BusProfile | undefined> {
  return kind === 'event-hubs' ? await startEventHubsProfile() : undefined;
}
