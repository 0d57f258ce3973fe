import { describe, expect, it, vi } from 'vitest';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { sweepOutbox } from '../../../shared/publishing/sweep-outbox.ts';
import { Counted } from '../../rigs/kernel/counter.ts';
import { dispatcherBench, makeUnwritable, makeWritable } from '../../rigs/kernel/dispatcher-bench.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';

const topic = 'platform-events';
const mostHeldBytes = 1_000_000;
const note = 'x'.repeat(150_000);
const commits = Array.from({ length: 12 }, (_, index) => index + 1);

async function sweptBench() {
  const bench = await dispatcherBench({ mostHeldBytes });
  const { container, dispatcher, clock } = bench;
  const failed = () => Promise.reject(new Error('nothing is refused'));
  const { signal } = new AbortController();
  const sweep = async () => {
    clock.pass(10_000);
    await sweepOutbox({
      service,
      container,
      dispatcher,
      clock,
      knowsEvent: () => true,
      failed,
      unreadable: ({ message }) => expect.fail(message),
      signal,
    });
  };
  return { ...bench, sweep };
}

describe('memory while the bus is away', () => {
  it('events held in memory while the bus is away are bounded in bytes, and the sweep sends the rest', async () => {
    const { dispatcher, transport, owe, outboxes, sent, sweep } = await sweptBench();
    makeUnwritable(transport, topic);
    for (const by of commits) {
      await owe({ topic, by, note });
      expect(dispatcher.heldBytes).toBeLessThanOrEqual(mostHeldBytes);
    }
    expect(dispatcher.heldBytes).toBeGreaterThan(mostHeldBytes / 2);
    makeWritable(transport);
    await vi.waitFor(() => expect(dispatcher.heldBytes).toBe(0));
    expect(sent()).toEqual([1, 2, 3, 4, 5, 6]);
    await vi.waitFor(
      async () => {
        await sweep();
        expect(await outboxes()).toEqual([]);
      },
      { timeout: 20_000 },
    );
    expect(sent().toSorted((one, other) => one - other)).toEqual(commits);
  });

  it('what the sweep finds is held in memory within the same bound, and is all sent in the end', async () => {
    const { dispatcher, transport, abandon, outboxes, sent, sweep } = await sweptBench();
    for (const by of commits) await abandon({ topic, by, note });
    const held: number[] = [];
    transport.beforeAcknowledging = async () => {
      held.push(dispatcher.heldBytes);
    };
    await vi.waitFor(
      async () => {
        await sweep();
        expect(await outboxes()).toEqual([]);
      },
      { timeout: 20_000 },
    );
    expect(Math.max(...held)).toBeLessThanOrEqual(mostHeldBytes);
    expect(sent().toSorted((one, other) => one - other)).toEqual(commits);
  });

  it('events of all other topics are sent though what waits for an unwritable topic fills the memory, and it is sent later', async () => {
    const { dispatcher, transport, owe, abandon, outboxes, sent, sweep } = await sweptBench();
    makeUnwritable(transport, topic);
    for (const by of commits) await owe({ topic, by, note });
    await vi.waitFor(() => expect(dispatcher.breakerOf(topic)).not.toBe('closed'));
    for (const by of [21, 22, 23]) await owe({ topic: 'order-events', by, note });
    await abandon({ topic: 'order-events', by: 24, note });
    await sweep();
    await vi.waitFor(() => expect(sent()).toEqual([21, 22, 23, 24]));
    expect(dispatcher.heldBytes).toBeLessThanOrEqual(mostHeldBytes);
    makeWritable(transport);
    await vi.waitFor(
      async () => {
        await sweep();
        expect(await outboxes()).toEqual([]);
      },
      { timeout: 20_000 },
    );
    expect(sent(topic).toSorted((one, other) => one - other)).toEqual(commits);
  });

  it('small events count for more than their bytes on the bus, so that very many of them are bounded, too', async () => {
    const { dispatcher, transport, owe } = await sweptBench();
    makeUnwritable(transport, topic);
    await owe({ topic, by: 1 });
    const one = dispatcher.heldBytes;
    expect(one).toBeGreaterThan(1_000);
    await owe({ topic, by: 2 });
    expect(dispatcher.heldBytes).toBe(2 * one);
    makeWritable(transport);
    await dispatcher.drain();
    expect(dispatcher.heldBytes).toBe(0);
  });
});

describe('a container that does not answer', () => {
  it('a container from which sent events cannot be removed keeps those of no other container from being sent and removed', async () => {
    const { dispatcher, faults, owe, open, documents, sent } = await sweptBench();
    const silence = faults.hold('Bulk', service);
    for (const by of commits) {
      await owe({ topic, by, note });
      await vi.waitFor(() => expect(sent()).toContain(by));
    }
    await silence.arrived(1);
    const elsewhere = 'main/elsewhere';
    const work = open(elsewhere, {
      service: deadLettersContainer,
      onCommitted: dispatcher.dispatch.bind(dispatcher),
    });
    work.tell(Counted({ counter: 'b', by: 99, note }));
    await work.commit();
    await vi.waitFor(async () => expect(await documents(elsewhere, deadLettersContainer)).toEqual([]));
    expect(sent()).toEqual([...commits, 99]);
    silence.release();
    await dispatcher.drain();
    expect(dispatcher.heldBytes).toBe(0);
  });
});
