import { z } from 'zod';
import type { StackControl } from '../stack/control-client.ts';
import { startApacheBus } from './apache-bus.ts';

export interface TestBusOptions {
  /** Its data; made when missing, and kept for the next bus in the same folder. */
  readonly folder: string;
  /** Whether the test makes faults at the bus's requests. */
  readonly withFaults: boolean;
}

/** A bus that a test stack uses instead of its embedded one. */
export interface TestBus extends AsyncDisposable {
  /** How the stack is told to use it. */
  readonly settings: Readonly<Record<string, string>>;
  /** The control of a stack that uses it: as the stack's own, where that ends at the bus. */
  controlFor(stack: StackControl): StackControl;
}

const buses = { embedded: undefined, apache: startApacheBus } as const;

/** Which bus the tests are run against (vitest.kafka.config.ts); by default the one that `npm start` has. */
export const busKind = z.enum(['embedded', 'apache']).default('embedded').parse(process.env.TEST_BUS);

/** The bus that this run is against; undefined for the one that a stack brings along. */
export async function startTestBus(options: TestBusOptions): Promise<TestBus | undefined> {
  return await buses[busKind]?.(options);
}
