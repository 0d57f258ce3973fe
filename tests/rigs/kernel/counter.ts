import { z } from 'zod';
import { type Subscriber, type SubscriberSpecification, subscriber } from '../../../shared/capabilities/subscriber.ts';
import { defineEvent } from '../../../shared/events/define-event.ts';
import { type AggregateSpecification, defineAggregate } from '../../../shared/model/aggregate.ts';
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

const CountState = z.object({ count: z.int(), dueAt: z.string().optional() });

const counts: Omit<AggregateSpecification<typeof CountState, readonly [typeof Counted]>, 'kind'> = {
  state: CountState,
  events: [Counted],
  begin: { 'test.counted': ({ data: { by, dueAt } }) => ({ count: by, ...(dueAt === undefined ? {} : { dueAt }) }) },
  evolve: {
    'test.counted': ({ count }, { data: { by, dueAt } }) => ({
      count: count + by,
      ...(dueAt === undefined ? {} : { dueAt }),
    }),
  },
};

/** Adds up: done twice, it is wrong. */
export const Counter = defineAggregate({ ...counts, kind: 'counter' });

/** The same, of which a new one is changed again within moments. */
export const QuickCounter = defineAggregate({ ...counts, kind: 'quick-counter', changesSoon: true });

/** The same, which is all that its commits change. */
export const LoneCounter = defineAggregate({ ...counts, kind: 'lone-counter', changesSoon: true, changesAlone: true });

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
