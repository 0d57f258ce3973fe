import { configDefaults, defineConfig } from 'vitest/config';
import type { ProjectConfig } from 'vitest/node';
import { onBus } from './tests/rigs/bus/on-bus.ts';
import { ProjectByProject } from './tests/rigs/vitest/project-by-project.ts';

/** What `npm test` runs: first what has the longest files. */
const everyTime = [
  {
    name: 'acceptance',
    include: ['tests/acceptance/**/*.test.ts'],
    globalSetup: 'tests/rigs/stack/shared-stack.ts',
  },
  { name: 'guarantees', include: ['tests/guarantees/**/*.test.ts'] },
  { name: 'kernel', include: ['tests/shared/**/*.test.ts'] },
  { name: 'infra', include: ['infra/**/*.test.ts'] },
  {
    name: 'unit',
    include: ['{functions,shared,scripts,bench}/**/*.test.ts', 'tests/{rigs,bench,providers}/**/*.test.ts'],
  },
  { name: 'docs', include: ['tests/{docs,azure,containers}/**/*.test.ts'] },
  { name: 'house', include: ['tests/house-rules.test.ts', 'tests/house-rules/**/*.test.ts'] },
] satisfies ProjectConfig[];

/** Projects with other numbers of workers cannot run in one group; a group begins where the one before it has ended. */
const oneFileAtATime = { maxWorkers: 1, sequence: { groupOrder: 1, shuffle: false } };
const twoFilesAtATime = { maxWorkers: 2, sequence: { groupOrder: 2, shuffle: false } };

/** What takes long, or needs more than Node; `.ci/run` runs it. */
const onDemand = [
  { name: 'slow', include: ['{tests,infra}/**/*.slow.ts'], testTimeout: 180_000, ...oneFileAtATime },
  { name: 'browser', include: ['tests/**/*.browser.ts'], testTimeout: 60_000, ...oneFileAtATime },
  {
    name: 'package',
    include: ['tests/acceptance/**/*.test.ts', 'tests/package/**/*.test.ts'],
    env: { APP_DIR: 'dist' },
    globalSetup: ['tests/rigs/stack/package-app.ts', 'tests/rigs/stack/shared-stack.ts'],
    ...twoFilesAtATime,
  },
  {
    name: 'clients',
    include: ['tests/real-clients/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    ...oneFileAtATime,
  },
  { name: 'event-hubs', ...onBus('event-hubs'), ...twoFilesAtATime },
  { name: 'kafka', ...onBus('apache', ['tests/apache-kafka/**/*.test.ts']), ...oneFileAtATime },
] satisfies ProjectConfig[];

/** What a run without `--project` runs. Vitest reads it as it reads the option, though its types know the option only. */
const byDefault = { project: everyTime.map(({ name }) => name) };

export default defineConfig({
  test: {
    ...byDefault,
    pool: 'forks',
    // One more than the cores of a small machine: much of the time is waiting for other processes.
    maxWorkers: 3,
    // A worker keeps what it has loaded for its next file: half of the time of most files was loading the SDKs anew. So no
    // test may leave anything behind in a module or in the process.
    isolate: false,
    // Two runs on one folder would trip over each other's cache.
    fsModuleCache: false,
    // The names of tests from tables are not cut at 40 characters: a report is read without the test.
    taskTitleValueFormatTruncate: 120,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    sequence: { shuffle: true, sequencer: ProjectByProject },
    exclude: configDefaults.exclude,
    projects: [...everyTime, ...onDemand].map((test) => ({ extends: true, test })),
  },
});
