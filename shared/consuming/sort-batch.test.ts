import { describe, expect, it } from 'vitest';
import type { ReceivedRecord } from '../bus/received-record.ts';
import { anOrderCreated } from '../events/contracts/contracts.examples.ts';
import { OrderCancelled, OrderCreated } from '../events/contracts/orders.ts';
import type { Envelope } from '../events/envelope.ts';
import { seal } from '../events/seal.ts';
import { newId } from '../ids.ts';
import type { Reaction } from './reaction.ts';
import { sortBatch } from './sort-batch.ts';

let offset = 0;
function recordOf(value: string, headers: Readonly<Record<string, string>> = {}): ReceivedRecord {
  offset += 1;
  return {
    topic: 'order-events',
    partition: 0,
    offset,
    timestamp: '2026-11-22T10:00:00Z',
    key: 'main',
    value,
    headers,
  };
}
function orderPlaced(orderId: string, change: Partial<Envelope> = {}, headers = {}): ReceivedRecord {
  const cause = { tenant: 'main', correlationId: 'c' };
  const occurrence = { id: newId(), service: 'orders', sequence: 1, time: '2026-11-22T10:00:00.000Z', cause };
  const envelope = seal(OrderCreated({ ...anOrderCreated.data, orderId }), occurrence);
  return recordOf(JSON.stringify({ ...envelope, ...change }), headers);
}
function reaction(name: string, change: Partial<Reaction> = {}): Reaction {
  return {
    name,
    on: [OrderCreated],
    once: 'by-marker',
    boundary: (event) => event.subject,
    handle: async () => undefined,
    ...change,
  };
}
const sort = (records: readonly ReceivedRecord[], ...reactions: readonly Reaction[]) =>
  sortBatch(records, 'tests-on-order-events', reactions, ['main', 'other']);

/** Who does what where: `boundary: reaction of subject, …`. */
const tasksOf = ({ groups }: ReturnType<typeof sortBatch>) =>
  [...groups].map(([at, tasks]) => [at, tasks.map((task) => `${task.reaction.name} ${task.event.subject}`)]);

describe('the tasks of a batch', () => {
  it('the tasks of a batch are grouped by tenant and boundary, in the order of the records', () => {
    const records = [orderPlaced('1'), orderPlaced('2'), orderPlaced('1'), orderPlaced('1', { tenantid: 'other' })];
    expect(tasksOf(sort(records, reaction('a')))).toEqual([
      ['main/order/1', ['a order/1', 'a order/1']],
      ['main/order/2', ['a order/2']],
      ['other/order/1', ['a order/1']],
    ]);
  });

  it('an event is passed over by a subscriber that it does not concern', () => {
    const some = reaction('some', { boundary: ({ subject }) => (subject === 'order/1' ? subject : undefined) });
    const { groups, unreadable } = sort([orderPlaced('1'), orderPlaced('2')], some);
    expect([[...groups.keys()], unreadable]).toEqual([['main/order/1'], []]);
  });

  it('an event becomes one task for each subscriber that listens to it, and none for the others', () => {
    const other = reaction('other', { on: [OrderCancelled] });
    expect(tasksOf(sort([orderPlaced('1')], reaction('a'), other, reaction('b')))).toEqual([
      ['main/order/1', ['a order/1', 'b order/1']],
    ]);
    expect(sort([orderPlaced('1')], other).groups.size).toBe(0);
  });

  it('an event that occurs twice in a batch becomes one task', () => {
    const record = orderPlaced('1');
    expect(tasksOf(sort([record, { ...record, offset: record.offset + 1 }], reaction('a')))).toEqual([
      ['main/order/1', ['a order/1']],
    ]);
  });

  it('a replayed event becomes a task only for the subscriber it is addressed to', () => {
    const replay = orderPlaced('1', {}, { replayfor: 'b' });
    expect(tasksOf(sort([replay], reaction('a'), reaction('b')))).toEqual([['main/order/1', ['b order/1']]]);
    expect(sort([replay], reaction('a')).groups.size).toBe(0);
  });

  it('every task refers to its record', () => {
    const records = [orderPlaced('1'), orderPlaced('2')];
    const { groups } = sort(records, reaction('a'));
    expect([...groups.values()].flat().map(({ record }) => record)).toEqual(records);
  });
});

describe('an unreadable record', () => {
  it.each([
    '',
    'garbage',
    '{}',
    '[]',
    'null',
    '{"specversion":"1.0"}',
  ])('a record that is no event is unreadable for the whole consumer: %j', (value) => {
    const record = recordOf(value);
    expect(sort([record], reaction('a'), reaction('b')).unreadable).toEqual([
      {
        subscriber: 'tests-on-order-events',
        record,
        envelope: undefined,
        error: expect.objectContaining({ name: 'UnreadableEventError' }),
      },
    ]);
  });

  it.each([
    ['breaks the contract', { data: {} }, 'UnreadableEventError'],
    ['is of a tenant that is none here', { tenantid: 'gone' }, 'UnknownTenantError'],
    ['is of a newer version', { dataschema: 'urn:lagerhaus:order.created:9' }, 'NewerVersionError'],
  ])('an event that %s is unreadable for each of its subscribers', (_, change, name) => {
    const { unreadable, groups } = sort([orderPlaced('1', change)], reaction('a'), reaction('b'));
    expect(unreadable.map(({ subscriber }) => subscriber)).toEqual(['a', 'b']);
    for (const { error, envelope } of unreadable) {
      expect(error).toMatchObject({ name });
      expect(envelope).toMatchObject({ type: 'order.created' });
    }
    expect(groups.size).toBe(0);
  });

  it('an unreadable event affects neither other events of the batch nor other subscribers', () => {
    const fails = () => {
      throw new Error('no boundary');
    };
    const records = [orderPlaced('1'), recordOf('garbage'), orderPlaced('2')];
    const { unreadable, groups } = sort(records, reaction('a'), reaction('b', { boundary: fails }));
    expect(unreadable.map(({ subscriber }) => subscriber).toSorted()).toEqual(['b', 'b', 'tests-on-order-events']);
    expect([...groups.keys()]).toEqual(['main/order/1', 'main/order/2']);
  });
});
