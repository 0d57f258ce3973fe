import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { ChildOutput } from './child-output.ts';

const root = path.resolve(import.meta.dirname, '../../..');

export interface SpawnedStart {
  readonly child: ChildProcess;
  readonly output: ChildOutput;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

/** Runs infra/local/start.ts (or another program of it) as `npm start` does, with these settings. */
export function spawnStart(
  env: Readonly<Record<string, string>>,
  program = 'start.ts',
  args: readonly string[] = [],
): SpawnedStart {
  const child = spawn(process.execPath, [path.join(root, 'infra/local', program), ...args], {
    cwd: root,
    env: { ...process.env, PORT: '0', DEMO: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, output: new ChildOutput(child), ended };
}
