import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readStackFile } from '../../infra/local/stack-file.ts';
import { connectStack, type StackConnection } from './connect-stack.ts';
import { controlClient, type StackControl } from './control-client.ts';
import { spawnStart } from './spawn-start.ts';

export interface StartOptions {
  /** Settings of the stack and the product. */
  readonly env?: Readonly<Record<string, string>>;
  /** With the demo products; without them by default. */
  readonly demo?: boolean;
  /** The data of an earlier stack; by default a folder of its own, deleted with the stack. */
  readonly dataDir?: string;
}

/** A whole Lagerhaus, started as `npm start` does it, that only this test knows. */
export interface TestStack extends StackConnection {
  readonly dataDir: string;
  readonly control: string;
  readonly faults: StackControl;
  /** What the stack has said so far. */
  output(): string;
  /** SIGKILL to everything at once; the data stay for a stack started on `dataDir`. */
  kill9(): Promise<void>;
  /** Stops everything in order, as Ctrl-C does. @throws when it does not end well. */
  stop(): Promise<void>;
}

/** Starts a stack on free ports. Stop it (or kill it) in the same test file. */
export async function startStack({ env = {}, demo = false, dataDir }: StartOptions = {}): Promise<TestStack> {
  const folder = dataDir ?? mkdtempSync(path.join(tmpdir(), 'lagerhaus-'));
  const { child, output, ended } = spawnStart({ DATA_DIR: folder, DEMO: demo ? '1' : '0', CONTROL: '1', ...env });
  const discard = () => {
    if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
  };
  await output.matching(/^ready /m).catch((error: unknown) => {
    discard();
    throw error;
  });
  const stack = readStackFile(folder);
  if (stack.control === undefined) throw new Error('the stack was started without its control endpoint');
  const faults = controlClient(stack.control);

  return {
    ...connectStack(stack),
    control: stack.control,
    dataDir: folder,
    faults,
    output: () => output.text,
    async kill9() {
      const functions = await faults.functions().pid();
      child.kill('SIGKILL');
      if (functions !== undefined) killIfThere(functions);
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      discard();
      if (child.exitCode !== 0)
        throw new Error(`the stack ended with ${child.signalCode ?? child.exitCode}:\n${output.text}`);
    },
  };
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error; // it was faster
  }
}
