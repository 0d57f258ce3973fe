import { describe, expect, it, vi } from 'vitest';
import type { FaultGate, RequestSeen, Verdict } from '../faults/gate.ts';
import { ErrorCode } from './protocol/error-code.ts';
import {
  clientOf,
  collect,
  connectAdmin,
  connectProducer,
  createTopic,
  startServer,
} from './testing/server-under-test.ts';

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

/** Retriable, and never answered by the broker itself. */
const notLeaderCode = 6;

/** A gate that gives its verdicts, one each, to the requests of one operation, then serves. */
function gate(operation: string, ...verdicts: (Verdict | Promise<Verdict>)[]): FaultGate & { seen: RequestSeen[] } {
  const seen: RequestSeen[] = [];
  return {
    seen,
    judge(request) {
      if (request.operation !== operation) return { kind: 'serve' };
      seen.push(request);
      return verdicts[seen.length - 1] ?? { kind: 'serve' };
    },
  };
}

async function produceOne(faults: FaultGate) {
  const server = await startServer({ faults });
  const kafka = clientOf(server);
  const topic = await createTopic(kafka, 't');
  const producer = await connectProducer(kafka);
  await producer.send({ topic, messages: [{ value: 'x' }] });
  const offsets = await (await connectAdmin(kafka)).fetchTopicOffsets(topic);
  return offsets[0]?.high;
}

describe('a fault at Produce', () => {
  it.each([
    [
      'refuse writes nothing, so that the retry of the client is the only write',
      { kind: 'refuse', status: notLeaderCode },
      '1',
    ],
    ['drop writes nothing, so that the retry of the client is the only write', { kind: 'drop' }, '1'],
    ['apply-then-drop writes and loses the response, so that the retry writes again', { kind: 'apply-then-drop' }, '2'],
  ] as const)('the fault %s', async (_, verdict, high) => {
    expect(await produceOne(gate('Produce', verdict))).toBe(high);
  });

  it('a fault at Produce is decided with the topics and the client known', async () => {
    const faults = gate('Produce');
    await produceOne(faults);
    expect(faults.seen).toEqual([{ server: 'kafka', operation: 'Produce', targets: ['t'], client: 'test' }]);
  });

  it('a held Produce request blocks its own connection and no other', async () => {
    const { promise, resolve } = Promise.withResolvers<Verdict>();
    const faults = gate('Produce', promise);
    const server = await startServer({ faults });
    const topic = await createTopic(clientOf(server), 't');
    const held = await connectProducer(clientOf(server));
    const free = await connectProducer(clientOf(server));
    const sending = held.send({ topic, messages: [{ value: 'held' }] });
    await eventually(() => expect(faults.seen).toHaveLength(1));
    expect(await free.send({ topic, messages: [{ value: 'free' }] })).toMatchObject([{ baseOffset: '0' }]);
    resolve({ kind: 'serve' });
    expect(await sending).toMatchObject([{ baseOffset: '1' }]);
  });

  it('a fault that is never decided does not keep the server from stopping', async () => {
    const faults = gate('Produce', new Promise<Verdict>(() => undefined));
    const server = await startServer({ faults });
    const topic = await createTopic(clientOf(server), 't');
    const producer = await connectProducer(clientOf(server, { retry: { retries: 0 } }));
    const sending = expect(producer.send({ topic, messages: [{ value: 'x' }] })).rejects.toThrow();
    await eventually(() => expect(faults.seen).toHaveLength(1));
    await server.close();
    await sending;
  });
});

it.each([
  ['Fetch', ErrorCode.KAFKA_STORAGE_ERROR],
  ['JoinGroup', ErrorCode.COORDINATOR_NOT_AVAILABLE],
  ['SyncGroup', ErrorCode.REBALANCE_IN_PROGRESS],
  ['Heartbeat', ErrorCode.REBALANCE_IN_PROGRESS],
  ['OffsetCommit', ErrorCode.REBALANCE_IN_PROGRESS],
  ['FindCoordinator', ErrorCode.COORDINATOR_NOT_AVAILABLE],
])('a consumer recovers from a refused %s', async (operation, status) => {
  const faults = gate(operation, { kind: 'refuse', status });
  const kafka = clientOf(await startServer({ faults }));
  const topic = await createTopic(kafka, 't');
  const producer = await connectProducer(kafka);
  const collector = await collect(kafka, topic);
  await producer.send({ topic, messages: [{ value: 'x' }] });
  await eventually(() => {
    expect(collector.values()).toContain('x');
    expect(faults.seen.length).toBeGreaterThan(1);
  });
});
