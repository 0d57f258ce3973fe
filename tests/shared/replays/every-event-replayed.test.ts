import { describe, expect, it } from 'vitest';
import { planReplay } from '../../../functions/operations/replays/plan-replay.ts';
import { consumersOf } from '../../../shared/app/consumers-of.ts';
import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import { defineService } from '../../../shared/capabilities/define-service.ts';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { anOrderCreated } from '../../../shared/events/contracts/contracts.examples.ts';
import { MissingDocumentError } from '../../../shared/persistence/documents/store-errors.ts';
import { deadLetterRetry } from '../../../shared/replays/dead-letter-retry.ts';
import { ReplayRun } from '../../../shared/replays/replay-run.ts';
import { Replay, requested } from '../../../shared/replays/replay-state.ts';
import { consumeDependencies } from '../../../shared/runtime/consume-dependencies.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { counted, recordOf } from '../../rigs/kernel/records.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { recording } from '../capabilities/ledger.ts';

const consumer = 'ledger-on-platform-events';
const order = { consumer, from: '2026-11-22T09:00:00.000Z', dryRun: false, rebuild: false };

/** A service that records every event, and consumes what a test hands to it. */
async function ledgerBench(reaction = recording()) {
  const bench = await runtimeBench();
  const ledger = defineService({ name: 'ledger', summary: 'Records.', container: service, capabilities: [reaction] });
  const consumers = consumersOf(ledger, bench.runtime.settings).map((one) => ({ ...one, service }));
  bench.consumers.push(...consumers);
  const consume = async (record: ReceivedRecord) => {
    const own = consumers.find(({ topic }) => topic === record.topic);
    if (own === undefined) throw new Error(`nobody reads ${record.topic}`);
    await consumeBatch([record], own, consumeDependencies(service, bench.runtime));
  };
  const entries = async (topic: string) => {
    const documents = await bench.documents(`main/ledger:${topic}:0`);
    return documents.filter(({ kind }) => kind === 'ledger-entry').map(({ id }) => id);
  };
  return { ...bench, consume, entries };
}

describe('replaying every event', () => {
  it('a replay to a subscriber to every event delivers what is missing of all types, known or not, and nothing twice', async () => {
    const bench = await ledgerBench();
    const records = [counted(1), recordOf(anOrderCreated), counted(2)];
    bench.topic.write(...records);
    await bench.consume(records[1] ?? counted(0));
    const work = bench.open('main/replays', { service: deadLettersContainer });
    (await work.load(Replay, 'r')).put(requested(order, { tenant: 'main', sub: 'olga' }, bench.clock.now()));
    await work.commit();
    await new ReplayRun({ tenant: 'main', id: 'r' }, bench.runtime, new AbortController().signal).toEnd();
    expect(await bench.entries('platform-events')).toHaveLength(3);
    const stored = await bench.documents('main/replays', deadLettersContainer);
    expect(stored.find(({ kind }) => kind === 'replay')).toMatchObject({
      status: 'done',
      counts: { 'test.counted': { events: 2, taken: 2 }, 'order.created': { events: 1, taken: 1 } },
    });
  });

  it('a replay to a subscriber to every event may name types that nobody has heard of', async () => {
    const { consumers, clock } = await ledgerBench();
    expect(() => planReplay({ ...order, types: ['nobody.knows'] }, consumers, clock.now())).not.toThrow();
  });

  it('an event that is replayed to somebody else is not heard by a subscriber to every event', async () => {
    const bench = await ledgerBench();
    await bench.consume({ ...counted(1), headers: { replayfor: 'somebody-else' } });
    expect(await bench.entries('platform-events')).toEqual([]);
    await bench.consume({ ...counted(1), headers: { replayfor: 'record-event' } });
    expect(await bench.entries('platform-events')).toHaveLength(1);
  });

  it('what waits for its document is tried again as what came from its own topic', async () => {
    const { handle } = recording();
    let tries = 0;
    const bench = await ledgerBench(
      recording({
        async handle(event, work, context) {
          tries += 1;
          if (tries <= 6) throw new MissingDocumentError('not there yet');
          await handle(event, work, context);
        },
      }),
    );
    await bench.consume({ ...recordOf(anOrderCreated), topic: 'order-events' });
    expect(await bench.deadLetters()).toMatchObject([{ subscriber: 'record-event', status: 'waiting' }]);
    bench.clock.pass(3_600_000);
    await sweep([{ name: deadLettersContainer, deadlines: [deadLetterRetry(bench.runtime)] }], bench.runtime);
    expect(await bench.deadLetters()).toMatchObject([{ status: 'replayed' }]);
    expect(await bench.entries('order-events')).toHaveLength(1);
    expect(await bench.entries('identity-events')).toEqual([]);
  });
});
