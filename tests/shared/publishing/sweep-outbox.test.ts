import { expect, it } from 'vitest';
import { sweepOutbox } from '../../../shared/publishing/sweep-outbox.ts';
import { Counted, Counter } from '../../rigs/kernel/counter.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';

const boundary = 'main/counters:a';

it('the sweep of an outbox ends although the bus never answers, and its events are sent once the bus does', async () => {
  const { container, runtime, transport, clock, open, owed } = await runtimeBench();
  for (let index = 0; index < 21; index += 1) {
    const work = open(boundary);
    (await work.expectNew(Counter, `${index}`)).record(Counted({ counter: `${index}`, by: 1 }));
    await work.commit();
  }
  clock.pass(10_000);
  const answer = Promise.withResolvers<void>();
  transport.beforeAcknowledging = () => answer.promise;
  const { dispatcher } = runtime;
  const { signal } = new AbortController();
  const failed = () => Promise.reject(new Error('nothing is refused'));
  const knowsEvent = () => true;
  await sweepOutbox({
    service,
    container,
    dispatcher,
    clock,
    knowsEvent,
    failed,
    unreadable: ({ message }) => expect.fail(message),
    signal,
  });
  answer.resolve();
  await dispatcher.drain();
  expect(transport.sent).toHaveLength(20);
  expect(await owed(boundary)).toHaveLength(1);
});
