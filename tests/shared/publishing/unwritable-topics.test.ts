import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { dispatcherBench, makeUnwritable, makeWritable } from '../../rigs/kernel/dispatcher-bench.ts';

const [bad, good] = ['platform-events', 'order-events'] as const;

/** A bus that does not take what goes to one topic, and a commit to it that was tried in vain until its breaker opened. */
async function badTopic() {
  const bench = await dispatcherBench();
  const { dispatcher, transport, owe } = bench;
  makeUnwritable(transport, bad);
  onTestFinished(() => dispatcher.drain());
  await owe({ topic: bad, by: 1 });
  await vi.waitFor(() => expect(dispatcher.breakerOf(bad)).not.toBe('closed'));
  return bench;
}

describe('a topic that cannot be written', () => {
  it('events of all other topics are sent while one topic cannot be written', async () => {
    const { owe, sent, outboxes, dispatcher } = await badTopic();
    for (const by of [1, 2, 3]) await owe({ topic: good, by });
    await vi.waitFor(async () => expect(await outboxes()).toHaveLength(1));
    expect(sent()).toEqual([1, 2, 3]);
    expect(dispatcher.unwritable).toMatchObject([{ topic: bad }]);
  });

  it('events of a topic that can be written again are sent in commit order, and leave the outbox', async () => {
    const { owe, sent, outboxes, dispatcher, transport } = await badTopic();
    for (const by of [2, 3, 4]) await owe({ topic: bad, by });
    makeWritable(transport);
    await vi.waitFor(async () => expect(await outboxes()).toEqual([]));
    expect(sent()).toEqual([1, 2, 3, 4]);
    expect(dispatcher.unwritable).toEqual([]);
  });

  it('events that the sweep finds are sent to all other topics while one topic cannot be written', async () => {
    const { abandon, sweep, sent } = await badTopic();
    await abandon({ topic: bad, by: 2 });
    await abandon({ topic: good, by: 3 });
    expect((await sweep()).toSorted()).toEqual(['left', 'left', 'sent']);
    expect(sent()).toEqual([3]);
  });

  it('a topic that nobody has anything new for is tried again when the sweep finds something for it', async () => {
    const { abandon, sweep, sent, transport, clock } = await dispatcherBench();
    makeUnwritable(transport, bad);
    await abandon({ topic: bad, by: 1 });
    for (const outcome of ['failed', 'failed', 'failed', 'left']) {
      expect(await sweep()).toEqual([outcome]);
      if (outcome === 'failed') clock.pass(100);
    }
    makeWritable(transport);
    clock.pass(5_000);
    expect(await sweep()).toEqual(['sent']);
    expect(sent()).toEqual([1]);
  });
});

describe('a commit to several topics', () => {
  it('a commit to several topics is sent to those that can be written, and later only the rest of it is', async () => {
    const { owe, sent, outboxes, sweep, openDispatcher, dispatcher, transport } = await badTopic();
    await owe({ topic: good, by: 2 }, { topic: bad, by: 3 }, { topic: good, by: 4 });
    await vi.waitFor(() => expect(sent()).toEqual([2, 4]));
    expect(await outboxes()).toHaveLength(2);
    await dispatcher.drain();
    expect((await outboxes()).flatMap(({ messages }) => messages.map(({ topic }) => topic))).toEqual([bad, bad]);
    makeWritable(transport);
    expect(await sweep(openDispatcher())).toEqual(['sent', 'sent']);
    expect(sent().toSorted()).toEqual([1, 2, 3, 4]);
  });

  it('the sweep sends what a commit to several topics owes those that can be written', async () => {
    const { abandon, sent, sweep, openDispatcher, transport } = await badTopic();
    await abandon({ topic: bad, by: 2 }, { topic: good, by: 3 });
    expect(await sweep()).toContain('left');
    expect(sent()).toEqual([3]);
    makeWritable(transport);
    await sweep(openDispatcher());
    expect(sent().filter((by) => by === 3)).toEqual([3]);
  });
});

describe('an event that the bus does not take while it takes the others of its topic', () => {
  it('an event that fails alone is left to the sweep, and the others of its topic are sent in order', async () => {
    const { owe, sent, outboxes, dispatcher, transport } = await dispatcherBench();
    const hurdle = Promise.withResolvers<void>();
    transport.beforeAcknowledging = async (messages) => {
      await hurdle.promise;
      if (messages.some(({ key }) => key.endsWith('culprit'))) throw new Error('an error that nobody knows');
    };
    for (const by of [1, 2, 3]) await owe({ topic: bad, by });
    await owe({ topic: bad, key: 'culprit', by: 4 });
    for (const by of [5, 6]) await owe({ topic: bad, by });
    hurdle.resolve();
    await vi.waitFor(async () => expect(await outboxes()).toHaveLength(1));
    expect(sent()).toEqual([1, 2, 3, 5, 6]);
    await vi.waitFor(() => expect(dispatcher.heldBytes).toBe(0));
    expect(dispatcher.unwritable).toEqual([]);
  });

  it('while nothing of a topic gets through, no event of it is left to the sweep', async () => {
    const { owe, sent, clock, transport, dispatcher } = await badTopic();
    for (const by of [2, 3, 4]) await owe({ topic: bad, key: `${by}`, by });
    const since = clock.now().getTime();
    await vi.waitFor(() => expect(clock.now().getTime() - since).toBeGreaterThan(600_000));
    makeWritable(transport);
    await vi.waitFor(() => expect(dispatcher.heldBytes).toBe(0));
    expect(sent().toSorted()).toEqual([1, 2, 3, 4]);
  });
});

describe('a bus that does not answer', () => {
  it('what the sweep finds is given back to it although the bus never answers, and sent once it does', async () => {
    const { abandon, outboxes, sweep, sent, transport } = await dispatcherBench();
    const answer = Promise.withResolvers<void>();
    transport.beforeAcknowledging = () => answer.promise;
    await abandon({ topic: good, by: 1 });
    expect(await sweep()).toEqual(['left']);
    await abandon({ topic: good, by: 2 });
    expect(await sweep()).toEqual(['left', 'left']);
    answer.resolve();
    await vi.waitFor(async () => expect(await outboxes()).toHaveLength(1));
    expect(await sweep()).toEqual(['sent']);
    expect(sent()).toEqual([1, 2]);
  });

  it('what the sweep finds does not wait behind a send that fails', async () => {
    const { owe, abandon, sweep, transport, dispatcher } = await dispatcherBench();
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    transport.beforeAcknowledging = () => {
      asked.resolve();
      return answer.promise;
    };
    await owe({ topic: good, by: 1 });
    await asked.promise;
    await abandon({ topic: good, by: 2 });
    const outcomes = sweep();
    answer.reject(new Error('connection refused'));
    expect(await outcomes).toEqual(['left', 'left']);
    makeWritable(transport);
    await dispatcher.drain();
  });
});
