import { z } from 'zod';
import { type Subscriber, type SubscriberSpecification, subscriber } from '../../../shared/capabilities/subscriber.ts';
import { defineEvent } from '../../../shared/events/define-event.ts';
import { defineAggregate } from '../../../shared/model/aggregate.ts';
import { defineProjection } from '../../../shared/model/projection.ts';

/** Something was counted: the event that the tests of the kernel send and record. */
export const Counted = defineEvent({
  type: 'test.counted',
  version: 1,
  topic: 'platform-events',
  description: 'Something was counted.',
  data: z.object({ counter: z.string(), by: z.int(), note: z.string().optional(), dueAt: z.string().optional() }),
  subject: ({ counter }) => `counter/${counter}`,
  partitionKey: ({ counter }) => counter,
});

/** Adds up: done twice, it is wrong. */
export const Counter = defineAggregate({
  kind: 'counter',
  state: z.object({ count: z.int(), dueAt: z.string().optional() }),
  events: [Counted],
  begin: { 'test.counted': ({ data: { by, dueAt } }) => ({ count: by, ...(dueAt === undefined ? {} : { dueAt }) }) },
  evolve: {
    'test.counted': ({ count }, { data: { by, dueAt } }) => ({
      count: count + by,
      ...(dueAt === undefined ? {} : { dueAt }),
    }),
  },
});

/** What somebody noted down: done twice, it is the same. */
export const Note = defineProjection({ kind: 'note', state: z.object({ text: z.string() }) });

/** Counts what an event says, in the boundary and on the counter that it names. */
export function counting(change: Partial<Omit<SubscriberSpecification<typeof Counted>, 'on'>> = {}): Subscriber {
  return subscriber({
    name: 'count-up',
    on: Counted,
    once: 'by-marker',
    boundary: ({ data }) => `counters:${data.counter}`,
    async handle({ data: { counter, by } }, work) {
      (await work.load(Counter, counter)).record(Counted({ counter, by }));
    },
    ...change,
  });
}
