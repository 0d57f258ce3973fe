import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { leastPasswordCost } from '../../../functions/identity/password/password-cost.ts';
import { readStackFile } from '../../../infra/local/stack-file.ts';
import { busSettings } from '../bus/bus-settings.ts';
import { type BusKind, busKindOf, startBusOfKind, startProfileOfKind } from '../bus/start-bus.ts';
import type { LostLeaders, TestBus } from '../bus/test-bus.ts';
import { connectStack, type StackConnection } from './connect-stack.ts';
import { controlClient, type StackControl } from './control-client.ts';
import { spawnStart } from './spawn-start.ts';

export interface StartOptions {
  /** Settings of the stack and the product. */
  readonly env?: Readonly<Record<string, string>>;
  /** With the demo products; without them by default. */
  readonly demo?: boolean;
  /** Where an earlier stack and its bus left their data; by default a folder of its own, deleted with the stack. */
  readonly folder?: string;
  /** Whether the test makes faults at the bus's requests, which a real broker needs a proxy for. */
  readonly busFaults?: boolean;
  /** How many brokers a real bus has; by default one. */
  readonly brokers?: number;
  /** Which bus it is to have; by default the one that the tests are run against. */
  readonly busKind?: BusKind;
  /** The bus to use, which stays the test's own to stop. */
  readonly bus?: TestBus;
}

/** A whole Lagerhaus, started as `npm start` does it, that only this test knows. */
export interface TestStack extends StackConnection {
  readonly dataDir: string;
  readonly faults: StackControl;
  /** Takes the leaders of many partitions away; a real bus needs two `brokers` for that. */
  loseLeaders(): Promise<LostLeaders>;
  /** What the stack has said so far. */
  output(): string;
  /** SIGKILL to everything at once; the data stay for a stack started in the same folder. */
  kill9(): Promise<void>;
  /** Stops everything in order, as Ctrl-C does. @throws when it does not end well. */
  stop(): Promise<void>;
}

/** Starts a stack on free ports. Stop it (or kill it) in the same test file. */
export async function startStack(options: StartOptions = {}): Promise<TestStack> {
  const { env = {}, demo = false, busFaults = false, brokers = 1, busKind = busKindOf(process.env) } = options;
  const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), 'lagerhaus-'));
  const dataDir = path.join(folder, 'data');
  const discard = () => {
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  const isThere = options.bus !== undefined || env.KAFKA_BROKERS !== undefined;
  const ownBus = isThere ? undefined : { folder: path.join(folder, 'bus'), withFaults: busFaults, brokers };
  const started = ownBus && (await startBusOfKind(busKind, ownBus));
  const bus = options.bus ?? started;
  const profile = bus === undefined ? await startProfileOfKind(busKind) : undefined;
  const settings = {
    DATA_DIR: dataDir,
    DEMO: demo ? '1' : '0',
    CONTROL: '1',
    // The least that is taken: what tests ask of passwords is the same, in a fifth of the time.
    PASSWORD_COST: leastPasswordCost,
    // Tests that run side by side are many more people at once than one instance is for.
    HEAVY_WORK_QUEUE: '256',
    ...(bus === undefined ? profile?.settings : busSettings(bus.address)),
    ...env,
  };
  const endBus = () => Promise.all([started, profile].map((part) => part?.[Symbol.asyncDispose]()));
  const { child, output, ended } = spawnStart(settings);
  await output.matching(/^ready /m).catch(async (error: unknown) => {
    await endBus();
    discard();
    throw error;
  });
  const stack = readStackFile(dataDir);
  const { control, controlToken } = stack;
  if (control === undefined || controlToken === undefined)
    throw new Error('the stack was started without its control endpoint');
  const own = controlClient(control, controlToken);
  const faults = bus?.controlFor(own) ?? own;

  return {
    ...connectStack(stack),
    dataDir,
    faults,
    loseLeaders: () => bus?.loseLeaders?.() ?? refuseToLead(faults),
    output: () => output.text,
    async kill9() {
      const functions = await faults.functions().pid();
      child.kill('SIGKILL');
      if (functions !== undefined) killIfThere(functions);
      await endBus();
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await endBus();
      discard();
      if (child.exitCode !== 0)
        throw new Error(`the stack ended with ${child.signalCode ?? child.exitCode}:\n${output.text}`);
    },
  };
}

/** NOT_LEADER_OR_FOLLOWER. Source: https://kafka.apache.org/protocol#protocol_error_codes */
const notLeader = 6;

/** The embedded broker has only itself to lead; it says that it does not. */
async function refuseToLead({ fault }: StackControl): Promise<LostLeaders> {
  const refusal = { server: 'kafka', action: 'refuse', status: notLeader } as const;
  const refusals = await Promise.all(['Produce', 'Fetch'].map((operation) => fault({ ...refusal, operation })));
  return {
    async comeBack() {
      for (const one of refusals) await one.clear();
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
