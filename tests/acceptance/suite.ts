import type { TestProjectInlineConfiguration } from 'vitest/config';

/** The tests that share one stack, which is started before the first of them. */
export const acceptanceSuite: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'acceptance',
    include: ['tests/acceptance/**/*.test.ts'],
    globalSetup: 'tests/acceptance/shared-stack.ts',
  },
};
