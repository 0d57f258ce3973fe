import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'vitest';
import { startBus, type TestBus } from '../bus/test-bus.ts';

/** A bus beside the stack for one test, gone when the test is over. */
export async function ownBus({ onTestFinished }: Pick<TestContext, 'onTestFinished'>): Promise<TestBus> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bus-'));
  const bus = await startBus({ folder, withFaults: false });
  onTestFinished(async () => {
    await bus[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  return bus;
}
