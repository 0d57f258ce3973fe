import type { TestProject } from 'vitest/node';
import { readStackFile, type StackFile } from '../../../infra/local/stack-file.ts';
import { busKindOf } from '../bus/start-bus.ts';
import { reportsSecret } from '../providers/reports-secret.ts';
import { startStack } from './start-stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The stack that all acceptance tests share: each test is a tenant of its own in it. */
    readonly stack: StackFile;
  }
}

/** Starts one stack for all acceptance tests (vitest.config.ts). */
export default async function startSharedStack(project: TestProject) {
  const { env = {} } = project.config;
  const app = env.APP_DIR === undefined ? {} : { APP_DIR: env.APP_DIR };
  const settings = { CHANNEL_REPORTS_SECRET: reportsSecret, ...app };
  const stack = await startStack({ demo: true, busKind: busKindOf(env), env: settings });
  project.provide('stack', readStackFile(stack.dataDir));
  return () => stack.stop();
}
