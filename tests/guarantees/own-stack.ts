import type { TestContext } from 'vitest';
import { type StartOptions, startStack, type TestStack } from '../rigs/stack/start-stack.ts';

/** The partitions of a killed process are free again once its session has ended. */
export const shortSessions = { AzureFunctionsJobHost__extensions__kafka__sessionTimeoutMs: '2000' } as const;

/**
 * For tests that kill processes and are about orders: a mail that a killed process was about to send waits for the end of its lease,
 * which is a minute. That none is lost or doubled by a kill has tests of its own (effects.slow.ts).
 */
export const withoutMails = { MAIL_PROVIDER: 'none' } as const;

/** A stack for one test, which may run beside others; stopped when the test is over. */
export async function ownStack({ onTestFinished }: TestContext, options: StartOptions = {}): Promise<TestStack> {
  const stack = await startStack(options);
  onTestFinished(() => stack.stop());
  return stack;
}
