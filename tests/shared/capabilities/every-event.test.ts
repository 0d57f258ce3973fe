import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../infra/embedded/faults/gate.ts';
import { asyncApi } from '../../../scripts/docs/asyncapi.ts';
import { azureRegistry } from '../../../scripts/docs/azure-registry.ts';
import { consumersOf } from '../../../shared/app/consumers-of.ts';
import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import { BatchUnfinishedError } from '../../../shared/consuming/batch-time.ts';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { anOrderCreated } from '../../../shared/events/contracts/contracts.examples.ts';
import { UserCreated } from '../../../shared/events/contracts/identity.ts';
import { topics } from '../../../shared/events/topics.ts';
import { sha256 } from '../../../shared/ids.ts';
import { consumeDependencies } from '../../../shared/runtime/consume-dependencies.ts';
import { benchSettings } from '../../rigs/bench-settings.ts';
import { consumerBench } from '../../rigs/kernel/consumer-bench.ts';
import { counting } from '../../rigs/kernel/counter.ts';
import { type KernelBench, service } from '../../rigs/kernel/kernel-bench.ts';
import { counted, envelopeOf, recordOf, recordWith } from '../../rigs/kernel/records.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { ledgerService, recording } from './ledger.ts';

const boundary = 'main/ledger:platform-events:0';

const [aUser, anOrder] = [
  UserCreated({ userId: 'u', roles: ['customer'], createdAt: '2026-11-22T09:00:00.000Z' }),
  anOrderCreated,
];

/** The entries of a chain, in their places. */
async function entriesOf({ documents }: Pick<KernelBench, 'documents'>, chain = boundary) {
  const entries = (await documents(chain)).filter(({ kind }) => kind === 'ledger-entry');
  return entries.toSorted((one, other) => Number(one.place) - Number(other.place));
}

const idOf = ({ value }: ReceivedRecord): string => JSON.parse(value).id;
const idsOf = async (bench: Pick<KernelBench, 'documents'>) =>
  (await entriesOf(bench)).map(({ id }) => id.slice('ledger-entry:'.length));

describe('a subscriber to every event', () => {
  it('a subscriber to every event hears those of all topics, with their attributes, their data and where they came in', async () => {
    const bench = await consumerBench();
    const records = [recordOf(aUser), { ...recordOf(anOrder), topic: 'order-events', partition: 3 }];
    await bench.consume(records, recording());
    const [user] = await entriesOf(bench);
    const [order] = await entriesOf(bench, 'main/ledger:order-events:3');
    expect(user).toMatchObject({ topic: 'platform-events', isKnown: true, data: aUser.data });
    expect(order).toMatchObject({ isKnown: true, data: anOrder.data, attributes: { source: '/services/elsewhere' } });
    const { data: _, ...attributes } = JSON.parse(records[1]?.value ?? '');
    expect(order?.attributes).toEqual(attributes);
  });

  it('an older version arrives as the current one, and nothing that only the older one had', async () => {
    const bench = await consumerBench();
    const old = {
      ...envelopeOf(anOrder),
      type: 'notification.sent',
      subject: 'notification/n',
      dataschema: 'urn:lagerhaus:notification.sent:1',
      data: {
        ...{
          notificationId: 'n',
          recipientId: 'r',
          template: 'welcome',
          about: 'user/r',
          sentAt: '2026-11-22T09:59:59.000Z',
        },
        ...{ subject: 'Hello Ann', body: 'You live at 1 Main Street' },
      },
    };
    await bench.consume([recordWith(JSON.stringify(old))], recording());
    const [entry] = await entriesOf(bench);
    expect(entry).toMatchObject({ isKnown: true, attributes: { dataschema: 'urn:lagerhaus:notification.sent:3' } });
    expect(JSON.stringify(entry)).not.toMatch(/Ann|Main Street/);
  });

  it.each([
    ['of no contract', { type: 'test.counted', dataschema: 'urn:lagerhaus:test.counted:1' }],
    ['that is only announced', { type: 'audit.log', dataschema: 'urn:lagerhaus:audit.log:1' }],
    ['of a newer version', { type: 'order.created', dataschema: 'urn:lagerhaus:order.created:99' }],
  ])('an event %s arrives with the hash of its data, and not the data', async (_, change) => {
    const bench = await consumerBench();
    const data = { name: 'Ann', address: { street: '1 Main Street', city: 'X' } };
    const envelope = { ...envelopeOf(anOrder), ...change, data };
    const otherwise = {
      ...envelope,
      id: envelopeOf(anOrder).id,
      data: { address: { city: 'X', street: '1 Main Street' }, name: 'Ann' },
    };
    await bench.consume(
      [envelope, otherwise].map((one) => recordWith(JSON.stringify(one))),
      recording(),
    );
    const entries = await entriesOf(bench);
    const dataHash = sha256('{"address":{"city":"X","street":"1 Main Street"},"name":"Ann"}');
    expect(entries).toMatchObject([1, 2].map((place) => ({ place, isKnown: false, dataHash, attributes: change })));
    expect(JSON.stringify(entries)).not.toMatch(/Ann|Main Street/);
    expect(await bench.parked()).toEqual([]);
  });

  it('what is no event, is of no tenant here, nests too deep or breaks its contract is a dead letter, and all else arrives', async () => {
    const bench = await consumerBench({ settings: benchSettings([], { TENANTS: 'main' }) });
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const records = [
      counted(1),
      recordWith('garbage'),
      recordOf(anOrder, { data: { orderId: 7 } }),
      counted(1, { tenantid: 'nobody' }),
      recordWith(JSON.stringify(envelopeOf(anOrder, { type: 'deep.one', data: 'DEEP' })).replace('"DEEP"', deep)),
      counted(2),
    ];
    await bench.consume(records, recording());
    expect(await idsOf(bench)).toEqual([records[0], records[5]].map((record) => record && idOf(record)));
    expect((await bench.parked()).map(({ subscriber }) => subscriber).toSorted()).toEqual([
      'counters-on-platform-events',
      'record-event',
      'record-event',
    ]);
    expect((await bench.documents('nobody/dead-letters:2026-11-22', deadLettersContainer)).length).toBeGreaterThan(0);
  });

  it('a subscriber to every event hears an event beside those who listen to it alone', async () => {
    const bench = await consumerBench();
    await bench.consume([counted(5), recordOf(aUser)], counting(), recording());
    expect([await bench.count(), (await entriesOf(bench)).length]).toEqual([5, 2]);
  });
});

describe('what a subscriber to every event keeps', () => {
  /** From a commit on, the process writes nothing any more, or hears no answer; then the batch is delivered again, otherwise. */
  const ways: readonly Verdict[] = [{ kind: 'drop' }, { kind: 'apply-then-drop' }];

  it.each(
    ways,
  )('every event is kept once, in one row, whichever commit is the last of a process ($kind)', async (way) => {
    let commits = 0;
    for (let isLast = false; !isLast; commits += 1) {
      const bench = await consumerBench({ retryWindowMs: 500 });
      const records = [1, 2, 3, 4, 5].map((by) => counted(by));
      await bench.consume(records.slice(0, 2), recording());
      const mend = bench.faults.allAfter(commits, 'Batch', way);
      await bench.consume(records, recording()).catch((error: unknown) => {
        if (!(error instanceof BatchUnfinishedError)) throw error;
      });
      isLast = !mend();
      await bench.consume(records.toReversed(), recording());
      const entries = await entriesOf(bench);
      expect(entries.map(({ place }) => place)).toEqual([1, 2, 3, 4, 5]);
      expect((await idsOf(bench)).toSorted()).toEqual(records.map(idOf).toSorted());
      expect(await bench.container.read(boundary, 'ledger-head:head')).toMatchObject({ count: 5 });
    }
    expect(commits).toBeGreaterThan(1);
  });

  it('every event is kept once, in one row, when two instances are given the same events', async () => {
    const bench = await consumerBench();
    const records = Array.from({ length: 40 }, (_, n) => counted(n + 1));
    const halves = [records.slice(0, 25), records.slice(15), records.toReversed()];
    await Promise.all(halves.map((half) => bench.consume(half, recording())));
    expect((await entriesOf(bench)).map(({ place }) => place)).toEqual(records.map((_, n) => n + 1));
    expect(await bench.parked()).toEqual([]);
  });
});

describe('the consumers of a subscriber to every event', () => {
  const ledger = ledgerService(service);
  const names = topics.map((topic) => `ledger-on-${topic}`);

  it('the service has one consumer for each topic, with a function and a group of its own', () => {
    const consumers = consumersOf(ledger, benchSettings());
    expect(consumers.map(({ name }) => name)).toEqual(names);
    expect(consumers.map(({ topic }) => topic)).toEqual(topics);
    for (const { reactions } of consumers) expect(reactions.map(({ name }) => name)).toEqual(['record-event']);
  });

  it('what Azure has to have and what the bus is described by follow from the capability', () => {
    expect(azureRegistry([ledger]).consumers).toEqual(topics.map((topic, n) => ({ name: names[n], topic })));
    const { operations } = asyncApi([ledger]);
    for (const name of names) expect(operations).toHaveProperty(name, expect.objectContaining({ action: 'receive' }));
  });

  it('each consumer handles its own topic', async () => {
    const bench = await runtimeBench();
    for (const consumer of consumersOf(ledger, bench.runtime.settings)) {
      const record = { ...recordOf(aUser), topic: consumer.topic };
      await consumeBatch([record], consumer, consumeDependencies(service, bench.runtime));
    }
    const chains = topics.map((topic) => entriesOf(bench, `main/ledger:${topic}:0`));
    expect((await Promise.all(chains)).map((entries) => entries.length)).toEqual(topics.map(() => 1));
  });
});
