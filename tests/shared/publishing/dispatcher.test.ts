import { describe, expect, it, vi } from 'vitest';
import { MessageRefusedError } from '../../../shared/bus/transport.ts';
import { OutboxDocument } from '../../../shared/persistence/commit/outbox.ts';
import type { DocumentContainer } from '../../../shared/persistence/documents/document-container.ts';
import { Dispatcher } from '../../../shared/publishing/dispatcher.ts';
import { createMetrics } from '../../../shared/telemetry/metrics.ts';
import { Counted, Counter } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { kernelBench } from '../../rigs/kernel/kernel-bench.ts';
import { RecordingTransport } from '../../rigs/kernel/recording-transport.ts';
import { silentLog } from '../../rigs/kernel/silent-log.ts';

const boundary = 'main/counters:a';
const away = () => Promise.reject(new Error('connection refused'));

async function dispatcherBench(pace: { readonly apartMs?: number } = {}) {
  const bench = await kernelBench();
  const transport = new RecordingTransport();
  const dispatcher = new Dispatcher({
    transport,
    clock: bench.clock,
    log: silentLog,
    metrics: createMetrics(),
    ...pace,
  });
  const commit = async (by: number, note?: string) => {
    let outbox: OutboxDocument | undefined;
    const work = bench.open(boundary, {
      onCommitted: (document, container) => {
        outbox = document;
        dispatcher.dispatch(document, container);
      },
    });
    (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by, note }));
    await work.commit();
    return outbox;
  };
  /** Commits as a process that dies before it sends. */
  const commitAndDie = async (by: number) => {
    const work = bench.open(boundary);
    (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by }));
    await work.commit();
  };
  const outboxes = async () => (await bench.documents(boundary)).filter(({ kind }) => kind === 'outbox');
  const sent = () => transport.sent.map(({ data }) => data.by);
  return { ...bench, transport, dispatcher, commit, commitAndDie, outboxes, sent };
}

/** The oldest of what commits owe the bus, as the sweep finds it. */
async function oldestOwed(container: DocumentContainer) {
  const question = { of: 'outbox', now: '2026-11-22T10:00:10.000Z' } as const;
  const { value: [oldest] = [] } = await container.due(question, 10, ({ message }) => expect.fail(message)).next();
  return oldest;
}

describe('a committed event', () => {
  it('committed events are sent in commit order with key and headers, and leave the outbox', async () => {
    const { commit, dispatcher, transport, sent, outboxes } = await dispatcherBench();
    for (const by of [1, 2, 3, 4, 5]) await commit(by);
    await dispatcher.drain();
    expect(sent()).toEqual([1, 2, 3, 4, 5]);
    const [message] = transport.requests.flat();
    expect(message).toMatchObject({
      topic: 'platform-events',
      key: 'main/a',
      headers: { 'content-type': 'application/cloudevents+json', type: 'test.counted', id: transport.sent[0].id },
    });
    expect(await outboxes()).toEqual([]);
  });

  it('a committed event stays in the outbox until the bus has acknowledged it', async () => {
    const { commit, dispatcher, transport, outboxes } = await dispatcherBench();
    const acknowledged = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    transport.beforeAcknowledging = () => {
      asked.resolve();
      return acknowledged.promise;
    };
    await commit(1);
    await asked.promise;
    expect(await outboxes()).toHaveLength(1);
    acknowledged.resolve();
    await dispatcher.drain();
    expect(await outboxes()).toEqual([]);
  });

  it('events committed while a send is in flight are batched into the next send', async () => {
    const { commit, dispatcher, transport, sent } = await dispatcherBench();
    const acknowledged = Promise.withResolvers<void>();
    transport.beforeAcknowledging = () => acknowledged.promise;
    for (const by of [1, 2, 3, 4, 5]) await commit(by);
    acknowledged.resolve();
    await dispatcher.drain();
    expect(transport.requests.map((request) => request.length)).toEqual([1, 4]);
    expect(sent()).toEqual([1, 2, 3, 4, 5]);
  });

  it('events committed soon after a request to their topic go together in the next one, and a stop does not wait for it', async () => {
    const { commit, dispatcher, transport, sent } = await dispatcherBench({ apartMs: 3_600_000 });
    await commit(1);
    await vi.waitFor(() => expect(sent()).toEqual([1]));
    for (const by of [2, 3, 4]) await commit(by);
    expect(sent()).toEqual([1]);
    await dispatcher.drain();
    expect(transport.requests.map((request) => request.length)).toEqual([1, 3]);
  });

  it('events that one request cannot take do not wait for the next one', async () => {
    const { commit, dispatcher, sent } = await dispatcherBench({ apartMs: 3_600_000 });
    await commit(1);
    await vi.waitFor(() => expect(sent()).toEqual([1]));
    for (const by of [2, 3, 4, 5]) await commit(by, 'x'.repeat(290_000));
    await vi.waitFor(() => expect(sent()).toEqual([1, 2, 3, 4]));
    await dispatcher.drain();
    expect(sent()).toEqual([1, 2, 3, 4, 5]);
  });

  it('an event that the sweep has found does not wait for the next request', async () => {
    const { commit, commitAndDie, container, dispatcher, sent } = await dispatcherBench({ apartMs: 3_600_000 });
    await commitAndDie(1);
    const found = await oldestOwed(container);
    await commit(2);
    await vi.waitFor(() => expect(sent()).toEqual([2]));
    expect(await dispatcher.dispatchFound(OutboxDocument.parse(found), container)).toBe('sent');
    expect(sent()).toEqual([2, 1]);
    await dispatcher.drain();
  });

  it('committed events are split into batches below the size limit of the bus', async () => {
    const { commit, dispatcher, transport, sent } = await dispatcherBench();
    const acknowledged = Promise.withResolvers<void>();
    transport.beforeAcknowledging = () => acknowledged.promise;
    for (const by of [1, 2, 3, 4, 5, 6]) await commit(by, 'x'.repeat(290_000));
    acknowledged.resolve();
    await dispatcher.drain();
    expect(sent()).toEqual([1, 2, 3, 4, 5, 6]);
    const bytes = transport.requests.map((request) => request.reduce((sum, { value }) => sum + value.length, 0));
    expect(Math.max(...bytes)).toBeLessThan(1_000_000);
  });

  it('a sent event whose removal from the outbox fails stays there for the sweep', async () => {
    const { commit, dispatcher, faults, sent, outboxes, transport } = await dispatcherBench();
    const asked = Promise.withResolvers<void>();
    const acknowledged = Promise.withResolvers<void>();
    transport.beforeAcknowledging = () => {
      asked.resolve();
      return acknowledged.promise;
    };
    await commit(1);
    await asked.promise;
    const back = faults.always('Bulk', refuse(503));
    acknowledged.resolve();
    await dispatcher.drain();
    back();
    expect(sent()).toEqual([1]);
    expect(await outboxes()).toHaveLength(1);
  });
});

describe('an unavailable bus', () => {
  it('the circuit breaker opens while the bus is away, and then all events are sent in order once', async () => {
    const bench = await dispatcherBench();
    const { commit, dispatcher, transport, clock, sent, outboxes } = bench;
    const opened = Promise.withResolvers<void>();
    const mayReturn = Promise.withResolvers<void>();
    const wait = clock.wait.bind(clock);
    clock.wait = async (milliseconds) => {
      await wait(milliseconds);
      if (dispatcher.unwritable.length === 0) return;
      opened.resolve();
      await mayReturn.promise;
    };
    transport.beforeAcknowledging = away;
    await commit(1);
    await opened.promise;
    await commit(2);
    await commit(3);
    expect(sent()).toEqual([]);
    expect(await outboxes()).toHaveLength(3);

    transport.beforeAcknowledging = async () => undefined;
    mayReturn.resolve();
    await vi.waitFor(() => expect(sent()).toEqual([1, 2, 3]));
    expect(dispatcher.unwritable).toEqual([]);
    await dispatcher.drain();
    expect(await outboxes()).toEqual([]);
  });

  it('a stopping process does not wait for an unavailable bus and leaves its events to the sweep', async () => {
    const { commit, dispatcher, transport, outboxes } = await dispatcherBench();
    transport.beforeAcknowledging = away;
    await commit(1);
    await commit(2);
    await dispatcher.drain();
    expect(await outboxes()).toHaveLength(2);
  });
});

describe('a message that the bus refuses', () => {
  const pickyTransport = async (messages: readonly { readonly value: string }[]) => {
    if (messages.some(({ value }) => value.includes('poison'))) throw new MessageRefusedError('too large');
  };

  it('a message that the bus refuses neither blocks other messages nor opens the circuit breaker', async () => {
    const { commit, dispatcher, transport, sent, outboxes } = await dispatcherBench();
    const gathered = Promise.withResolvers<void>();
    transport.beforeAcknowledging = async (messages) => {
      await gathered.promise;
      await pickyTransport(messages);
    };
    await commit(1);
    await commit(2);
    const poison = await commit(3, 'poison');
    await commit(4);
    gathered.resolve();
    await dispatcher.drain();
    expect(sent()).toEqual([1, 2, 4]);
    expect(dispatcher.unwritable).toEqual([]);
    expect((await outboxes()).map(({ id }) => id)).toEqual([poison?.id]);
  });

  it('events of which the bus refuses one are sent one by one without waiting in between', async () => {
    const { commit, dispatcher, transport, sent } = await dispatcherBench({ apartMs: 3_600_000 });
    const gathered = Promise.withResolvers<void>();
    transport.beforeAcknowledging = async (messages) => {
      await gathered.promise;
      await pickyTransport(messages);
    };
    await commit(1);
    for (const by of [2, 3, 4, 5]) await commit(by, by === 3 ? 'poison' : 'x'.repeat(310_000));
    gathered.resolve();
    await vi.waitFor(() => expect(sent()).toEqual([1, 2, 4]));
    await dispatcher.drain();
    expect(sent()).toEqual([1, 2, 4, 5]);
  });
});

describe('an outbox document found by the sweep', () => {
  it('an outbox document found by the sweep is sent and replaced by a receipt for its writer', async () => {
    const { commitAndDie, dispatcher, container, sent, documents } = await dispatcherBench();
    await commitAndDie(1);
    const found = await oldestOwed(container);
    expect(await dispatcher.dispatchFound(OutboxDocument.parse(found), container)).toBe('sent');
    expect(sent()).toEqual([1]);
    const [receipt] = (await documents(boundary)).filter(({ kind }) => kind !== 'counter');
    expect(receipt).toMatchObject({ id: found?.id, kind: 'receipt', ttl: expect.any(Number) });
    expect(receipt).not.toHaveProperty('dueAt');
    expect(receipt).not.toHaveProperty('messages');
  });

  it('the sweep leaves an outbox document alone, without waiting, if the bus is away', async () => {
    const { commitAndDie, dispatcher, transport, container, outboxes } = await dispatcherBench();
    await commitAndDie(1);
    const found = await oldestOwed(container);
    transport.beforeAcknowledging = away;
    expect(await dispatcher.dispatchFound(OutboxDocument.parse(found), container)).toBe('failed');
    expect(await outboxes()).toHaveLength(1);
  });

  it('a commit whose outbox the sweep has sent is not written again by its retrying writer', async () => {
    const { commit, clock, faults, dispatcher, container, sent, documents } = await dispatcherBench();
    faults.next('Batch', { kind: 'apply-then-drop' });
    let delivery: string | undefined;
    clock.duringNextWait(async () => {
      const found = await oldestOwed(container);
      delivery = await dispatcher.dispatchFound(OutboxDocument.parse(found), container);
    });
    await commit(1);
    await dispatcher.drain();
    expect(delivery).toBe('sent');
    expect((await documents(boundary)).find(({ kind }) => kind === 'counter')).toMatchObject({ count: 1, version: 1 });
    expect(new Set(sent())).toEqual(new Set([1]));
  });

  it('an outbox document that is already being sent is not sent again by the sweep', async () => {
    const { commit, dispatcher, transport, container, sent } = await dispatcherBench();
    const acknowledged = Promise.withResolvers<void>();
    transport.beforeAcknowledging = () => acknowledged.promise;
    await commit(1);
    const found = await oldestOwed(container);
    expect(await dispatcher.dispatchFound(OutboxDocument.parse(found), container)).toBe('left');
    acknowledged.resolve();
    await dispatcher.drain();
    expect(sent()).toEqual([1]);
  });
});
