import {
  CustomerCreated,
  CustomerDeleted,
  CustomerFollowedUp,
  CustomerInteractionLogged,
  CustomerUpdated,
} from '../../shared/events/contracts/customers.ts';
import type { EventExample } from '../../shared/events/event-example.ts';

const customerId = 'CUST-123';
const at = '2026-11-22T10:00:00.000Z';
const promise = { topic: 'sales-events', subject: 'customer/CUST-123', key: 'CUST-123' } as const;
const ofInteraction = { customerId, interactionId: 'interaction-1', by: 'user-2', at };

/** One event of each contract that this service tells. */
export const customerExamples: readonly EventExample[] = [
  { event: CustomerCreated({ customerId, kind: 'person', source: 'staff', createdAt: at }), promise },
  {
    event: CustomerUpdated({
      customerId,
      changed: ['consents'],
      status: 'active',
      tags: ['regular'],
      consents: { marketing: 'granted' },
    }),
    promise,
  },
  { event: CustomerInteractionLogged({ ...ofInteraction, kind: 'call', direction: 'in' }), promise },
  { event: CustomerFollowedUp(ofInteraction), promise },
  { event: CustomerDeleted({ customerId }), promise },
];
