import { defineConfig } from 'vitest/config';

/** What is looked at in a real browser; `.ci/run` runs it. */
export default defineConfig({
  test: { include: ['tests/**/*.browser.ts'], pool: 'forks', maxWorkers: 1, testTimeout: 60_000, hookTimeout: 60_000 },
});
