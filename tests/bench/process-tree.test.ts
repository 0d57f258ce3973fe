import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useOfTree } from '../../bench/processes/process-tree.ts';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const { pid } of started.splice(0)) if (pid !== undefined) process.kill(-pid);
});

/** Starts a shell, which ends with all that it has started. */
async function shell(script: string): Promise<number> {
  const child = spawn('sh', ['-c', script], { detached: true });
  started.push(child);
  await once(child.stdout, 'data');
  return child.pid ?? expect.fail('the shell has not started');
}

describe.runIf(existsSync('/proc/self/smaps_rollup'))('what a tree of processes holds', () => {
  it('what a tree of processes holds counts each of its processes', async () => {
    const one = useOfTree(await shell('echo started; while :; do read _; done'));
    const three = await shell('sleep 60 & sleep 60 & echo started; wait');
    expect(one.residentMb).toBeGreaterThan(0);
    // The children hold next to nothing until they have become what they are to run.
    await vi.waitFor(() => expect(useOfTree(three).residentMb).toBeGreaterThan(2 * one.residentMb));
  });

  it('what a tree of processes holds can be asked for while processes of it come and go', async () => {
    const pid = await shell('echo started; while :; do sleep 0.001 & wait; done');
    for (let looks = 0; looks < 300; looks++) expect(useOfTree(pid).residentMb).toBeGreaterThan(0);
  });

  it('of a process that is not there nothing is told', () => {
    expect(() => useOfTree(2 ** 22 + 1)).toThrow('there is no process');
  });
});
