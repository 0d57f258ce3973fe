import { defineConfig } from 'vitest/config';
import { acceptanceSuite } from '../../acceptance/suite.ts';

/** Files in the suites that no other bus can change: the reason is printed. */
const leftOut = {
  'tests/guarantees/stack-lifecycle.slow.ts': 'it tests how the stack with its embedded servers starts and ends',
  'tests/guarantees/event-hubs.test.ts': "it tests Event Hubs' own protocol, which the embedded servers speak",
  'tests/guarantees/event-hubs.slow.ts': "it tests Event Hubs' own protocol, which the embedded servers speak",
  'tests/guarantees/running-stack.test.ts': 'it tests the embedded servers of the stack and the faults in them',
};

export interface BusSuites {
  /** Tests of that bus alone. */
  readonly itsOwn?: readonly string[];
  /** How many files run side by side: each may have a stack of its own, or two, with a broker each. */
  readonly filesAtOnce?: number;
}

/**
 * The acceptance and guarantee suites as they are, against another bus than the embedded broker (start-bus.ts), and what there
 * is to test of that bus alone.
 */
export function onBus(bus: string, { itsOwn = [], filesAtOnce = 2 }: BusSuites = {}) {
  // Both the workers and the global setup start stacks.
  process.env.TEST_BUS = bus;
  for (const [file, reason] of Object.entries(leftOut)) console.log(`Not run against ${bus}: ${file}: ${reason}.`);
  return defineConfig({
    test: {
      pool: 'forks',
      maxWorkers: filesAtOnce,
      fsModuleCache: false,
      isolate: false,
      testTimeout: 180_000,
      hookTimeout: 120_000,
      projects: [
        acceptanceSuite,
        {
          extends: true,
          test: {
            name: 'guarantees',
            include: ['tests/guarantees/**/*.{test,slow}.ts', ...itsOwn],
            exclude: Object.keys(leftOut),
          },
        },
      ],
    },
  });
}
