import { execFile } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { readStackFile } from '../../infra/local/stack-file.ts';
import { kafkaClient } from '../../tests/rigs/clients/kafka-client.ts';
import { startStack, type TestStack } from '../../tests/rigs/stack/start-stack.ts';
import type { Figure, Measurement, Target } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { connectionsTo } from '../processes/connections.ts';
import { useOfTree } from '../processes/process-tree.ts';
import { running } from '../running.ts';
import { typical } from '../typical.ts';

const backOffice = path.resolve(import.meta.dirname, '../apps/back-office');
const turnsEach = 3;

/** What `npm start` takes until it is ready, and from then on where nobody asks for anything. */
interface Start {
  readonly readyMs: number;
  /** Of all its processes, which mostly start one after the other: what is left of a start where nobody else wants the cores. */
  readonly cpuMs: number;
  readonly residentMb: number;
  readonly proportionalMb: number;
  readonly coresAtRest: number;
  readonly groups: number;
  readonly connections: number;
}

/**
 * What `npm start` takes with a consumer for all that the services to come will listen to (some fifty groups), and with those of
 * today, in turns, each from an empty folder; beside them a process of Node that does nothing. A wall time says little on a machine
 * that others use, so the CPU time stands beside it.
 */
export const allConsumersFigure: Figure = {
  key: 'l',
  title: 'start, memory and rest with all consumers that are foreseen, on Linux',
  async measure({ windowMs }) {
    const turn = async () => ({
      node: await bareNodeMs(),
      all: await start({ APP_DIR: backOffice }, windowMs),
      today: await start({}, windowMs),
    });
    const turns = await inTurns(turn, { atLeast: turnsEach });
    const both = (
      what: string,
      unit: Measurement['unit'],
      of: (start: Start) => number,
      { target, ofToday }: { readonly target?: Target; readonly ofToday?: Target } = {},
    ) => [
      {
        what: `${what}, all consumers`,
        ...typical(turns.map(({ all }) => of(all))),
        unit,
        ...(target === undefined ? {} : { target }),
      },
      {
        what: `${what}, those of today`,
        ...typical(turns.map(({ today }) => of(today))),
        unit,
        ...(ofToday === undefined ? {} : { target: ofToday }),
      },
    ];
    return [
      ...both('ready after', 'ms', ({ readyMs }) => readyMs, { target: { bound: 'at most', value: 5_000 } }),
      {
        what: 'ready, all consumers / a bare process of Node',
        ...typical(turns.map(({ all, node }) => all.readyMs / node)),
        unit: 'ratio',
      },
      ...both('CPU until ready', 'ms', ({ cpuMs }) => cpuMs),
      ...both('memory at rest', 'MB', ({ residentMb }) => residentMb, { target: { bound: 'at most', value: 450 } }),
      ...both('memory at rest, shared pages once', 'MB', ({ proportionalMb }) => proportionalMb),
      ...both('CPU at rest', 'cores', ({ coresAtRest }) => coresAtRest, { ofToday: { bound: 'at most', value: 0.03 } }),
      ...both('consumer groups', 'groups', ({ groups }) => groups),
      ...both('connections to the broker', 'connections', ({ connections }) => connections),
    ];
  },
};

async function start(env: Readonly<Record<string, string>>, windowMs: number): Promise<Start> {
  const began = performance.now();
  const stack = await startStack({ env });
  await using _ = running(() => stack.stop());
  const readyMs = performance.now() - began;
  const { pid } = readStackFile(stack.dataDir);
  const { cpuMs } = useOfTree(pid);
  const groups = await groupsOf(stack);
  // What is new is compiled and thrown away for a while.
  await pause(windowMs);
  const before = useOfTree(pid);
  await pause(windowMs);
  const { residentMb, proportionalMb, cpuMs: after } = useOfTree(pid);
  const coresAtRest = (after - before.cpuMs) / windowMs;
  const connections = connectionsTo(Number(stack.kafka.brokers.split(':')[1]));
  return { readyMs, cpuMs, residentMb, proportionalMb, coresAtRest, groups, connections };
}

async function groupsOf({ kafka }: TestStack): Promise<number> {
  const admin = kafkaClient(kafka, 'bench').admin();
  await admin.connect();
  try {
    return (await admin.listGroups()).groups.length;
  } finally {
    await admin.disconnect();
  }
}

async function bareNodeMs(): Promise<number> {
  const began = performance.now();
  await promisify(execFile)(process.execPath, ['--eval', '0']);
  return performance.now() - began;
}
