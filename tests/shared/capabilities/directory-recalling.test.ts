import { describe, expect, it } from 'vitest';
import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { Reader } from '../../../shared/persistence/reading/reader.ts';
import { consumeDependencies } from '../../../shared/runtime/consume-dependencies.ts';
import type { FaultScript } from '../../rigs/kernel/fault-script.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { recordOf } from '../../rigs/kernel/records.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { Box, BoxFilled, boxBoundary, boxesAlone, hallBoundary } from '../../rigs/model/boxes.ts';

const hall = 'north';

const parcels = boxesAlone('list-parcels');

async function parcelBench() {
  const bench = await runtimeBench(undefined, { indexes: parcels.indexes });
  const { runtime, container, open } = bench;
  const consumer = { name: 'parcels', reactions: parcels.subscribers };
  return {
    ...bench,
    async fill(label: string, openBy: (boundary: string) => UnitOfWork = open): Promise<ReceivedRecord> {
      const work = openBy(`main/${boxBoundary('a')}`);
      const stored = await work.load(Box, 'a');
      const event = BoxFilled({ box: 'a', hall, content: { colour: 'red', label } });
      stored.record(event);
      await work.commit();
      return recordOf(event, { sequence: stored.version });
    },
    deliver: (...records: readonly ReceivedRecord[]) =>
      consumeBatch(records, consumer, consumeDependencies(service, runtime)),
    async labels() {
      const { items } = await parcels.list(new Reader(container, 'main'), hallBoundary(hall), { limit: 50 });
      return items.map(({ state }) => state.content?.label);
    },
  };
}

function asked(faults: FaultScript): readonly number[] {
  return ['Read', 'Bulk', 'Batch'].map((operation) => faults.count(operation));
}

describe('a directory of things without anything beside them', () => {
  it('a thing that this process wrote last is entered without being read, once for all of its events so far', async () => {
    const { fill, deliver, faults, labels } = await parcelBench();
    const [first, second] = [await fill('first'), await fill('second')];
    faults.recount();
    await deliver(first);
    expect(asked(faults)).toEqual([0, 0, 1]);
    await deliver(second);
    expect(asked(faults)).toEqual([0, 0, 1]);
    expect(await labels()).toEqual(['second']);
  });

  it('a thing that another process wrote last is read, whatever this one remembers of it', async () => {
    const { fill, deliver, openElsewhere, labels } = await parcelBench();
    const first = await fill('first');
    const second = await fill('second', openElsewhere);
    await deliver(first, second);
    expect(await labels()).toEqual(['second']);
    const third = await fill('third', openElsewhere);
    await deliver(third);
    expect(await labels()).toEqual(['third']);
  });
});
