import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FaultRules } from './fault-rules.ts';
import type { RequestSeen } from './gate.ts';
import { FaultRule } from './rule.ts';
import { gateInThread, serveGate, type ThreadGate } from './thread-gate.ts';

const read: RequestSeen = { server: 'cosmos', operation: 'Read', targets: ['orders'], client: 'sdk' };

let channel: MessageChannel;
let rules: FaultRules;
let gate: ThreadGate;
let served: ReturnType<typeof serveGate>;

beforeEach(() => {
  channel = new MessageChannel();
  rules = new FaultRules(async () => undefined);
  gate = gateInThread(channel.port2);
  served = serveGate(channel.port1, rules);
});
afterEach(() => channel.port1.close());

it('the gate of a thread serves requests without asking while no fault rule exists', () => {
  expect(gate.judge(read)).toEqual({ kind: 'serve' });
});

it('the gate of a thread asks the fault rules only while they are watched', async () => {
  rules.add(FaultRule.parse({ server: 'cosmos', action: 'refuse', status: 503 }));
  await served.watch(true);
  expect(await gate.judge(read)).toEqual({ kind: 'refuse', status: 503 });
  await served.watch(false);
  expect(gate.judge(read)).toEqual({ kind: 'serve' });
});

it('a held request in a thread does not block other requests', async () => {
  rules.add(FaultRule.parse({ server: 'cosmos', operation: 'Read', action: 'hold' }));
  await served.watch(true);
  const held = gate.judge(read);
  expect(await gate.judge({ ...read, operation: 'Create' })).toEqual({ kind: 'serve' });
  rules.clearAll();
  expect(await held).toEqual({ kind: 'serve' });
});

it('watching a server that has gone does not wait for it', async () => {
  const watching = served.watch(true);
  channel.port2.close();
  await expect(watching).resolves.toBeUndefined();
});

it('a gate that closes drops its held requests', async () => {
  rules.add(FaultRule.parse({ server: 'cosmos', action: 'hold' }));
  await served.watch(true);
  const held = gate.judge(read);
  gate.dropWaiting();
  expect(await held).toEqual({ kind: 'drop' });
});
