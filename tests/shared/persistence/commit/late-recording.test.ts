import { describe, expect, it } from 'vitest';
import { Counted, Counter, Note } from '../../../rigs/kernel/counter.ts';
import { kernelBench } from '../../../rigs/kernel/kernel-bench.ts';

const boundary = 'main/counters:a';

describe('a unit of work after its commit', () => {
  it.each<[string, (work: Awaited<ReturnType<typeof committed>>) => unknown]>([
    ['an event', ({ counter }) => counter.record(Counted({ counter: 'a', by: 41 }))],
    ['a put', ({ text }) => text.put({ text: 'late' })],
    ['a message', ({ work, message }) => work.owe(message)],
    ['a marker', ({ work }) => work.mark('inbox:late')],
    [
      'an answer',
      ({ work }) => work.answerWith((at) => ({ id: 'answer:1', boundary: at, kind: 'answer', version: 1 })),
    ],
  ])('%s recorded after the commit is refused, not dropped', async (_, record) => {
    const past = await committed();
    expect(() => record(past)).toThrow('open another unit of work');
    expect([past.counter.state.count, past.text.exists]).toEqual([1, false]);
  });

  it('what is recorded while the commit is under way is refused, not dropped', async () => {
    const bench = await kernelBench();
    const work = bench.open(boundary);
    const counter = await work.load(Counter, 'a');
    counter.record(Counted({ counter: 'a', by: 1 }));
    const hold = bench.faults.hold('Batch');
    const commit = work.commit();
    await hold.arrived(1);
    expect(() => counter.record(Counted({ counter: 'a', by: 41 }))).toThrow('open another unit of work');
    hold.release();
    await commit;
  });
});

/** A unit of work that is committed, with what was loaded before. */
async function committed() {
  const bench = await kernelBench();
  const work = bench.open(boundary);
  const counter = await work.load(Counter, 'a');
  const text = await work.load(Note, 'n');
  counter.record(Counted({ counter: 'a', by: 1 }));
  await work.commit();
  const [message] = await bench.owed(boundary);
  return { work, counter, text, message: message ?? expect.fail() };
}
