import type { TestContext } from 'vitest';
import { type StartOptions, startStack, type TestStack } from '../rigs/stack/start-stack.ts';

/** A stack for one test, which may run beside others; stopped when the test is over. */
export async function ownStack({ onTestFinished }: TestContext, options: StartOptions = {}): Promise<TestStack> {
  const stack = await startStack(options);
  onTestFinished(() => stack.stop());
  return stack;
}
