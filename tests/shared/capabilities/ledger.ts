import { z } from 'zod';
import { defineService, type Service } from '../../../shared/capabilities/define-service.ts';
import { type Subscriber, type SubscriberSpecification, subscriber } from '../../../shared/capabilities/subscriber.ts';
import { everyEvent } from '../../../shared/events/every-event.ts';
import { defineProjection } from '../../../shared/model/projection.ts';

/** What is kept of an event. */
export const LedgerEntry = defineProjection({ kind: 'ledger-entry', state: z.looseObject({ place: z.int() }) });

/** How many entries a chain has. */
export const LedgerHead = defineProjection({ kind: 'ledger-head', state: z.object({ count: z.int() }) });

/** Keeps a record of everything, as audit will: a chain for each partition, whose head grows by each entry. */
export function recording(change: Partial<Omit<SubscriberSpecification<typeof everyEvent>, 'on'>> = {}): Subscriber {
  return subscriber({
    name: 'record-event',
    on: everyEvent,
    once: 'by-document',
    boundary: ({ topic, partition }) => `ledger:${topic}:${partition}`,
    async handle({ id, topic, isKnown, attributes, data, ...event }, work) {
      const entry = await work.expectNew(LedgerEntry, id);
      if (entry.exists) return;
      const head = await work.load(LedgerHead, 'head');
      const place = (head.current?.count ?? 0) + 1;
      const told = 'dataHash' in event ? { dataHash: event.dataHash } : { data };
      entry.put({ place, topic, isKnown, attributes, ...told });
      head.put({ count: place });
    },
    ...change,
  });
}

/** A service that nobody has heard of before, and that hears everything. */
export function ledgerService(container: string): Service {
  return defineService({ name: 'ledger', summary: 'Records everything.', container, capabilities: [recording()] });
}
