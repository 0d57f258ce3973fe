import { configDefaults, defineConfig } from 'vitest/config';
import { acceptanceSuite } from './tests/acceptance/suite.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    // One more than the cores of a small machine: much of the time is waiting for other processes.
    maxWorkers: 3,
    // A worker keeps what it has loaded for its next file: half of the time of most files was loading the SDKs anew. So no
    // test may leave anything behind in a module or in the process.
    isolate: false,
    // Two runs on one folder would trip over each other's cache.
    fsModuleCache: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    sequence: { shuffle: true },
    projects: [
      acceptanceSuite,
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['{functions,shared,infra,tests,scripts}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'tests/acceptance/**', 'tests/apache-kafka/**'],
        },
      },
    ],
  },
});
