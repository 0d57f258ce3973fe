import { defineConfig } from 'vitest/config';

/** What is too slow for `npm test`; `.ci/run` runs it. */
export default defineConfig({
  test: {
    include: ['{tests,infra}/**/*.slow.ts'],
    pool: 'forks',
    maxWorkers: 1,
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
