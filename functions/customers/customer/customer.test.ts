import { describe, expect, it } from 'vitest';
import { CustomerCreated, CustomerDeleted, CustomerUpdated } from '../../../shared/events/contracts/customers.ts';
import { given } from '../../../tests/rigs/model/decider.ts';
import { Customer, change, consent, followedUp, logged, remove } from './customer.ts';

const at = '2026-11-22T10:00:00.000Z';
const customerId = 'CUST-123';
const created = CustomerCreated({ customerId, kind: 'person', source: 'staff', createdAt: at });
const told = { interactionId: 'i1', kind: 'call', direction: 'in', at, by: 'sam' } as const;
const consented = {
  changed: ['consents' as const],
  status: 'active' as const,
  tags: [],
  consents: { marketing: 'granted' as const },
};

describe('a customer', () => {
  it('a customer is blocked once, and keeps tags and consents', () => {
    given(Customer, created, CustomerUpdated({ customerId, ...consented }))
      .when(change, { status: 'blocked' })
      .then([{ type: 'customer.updated', data: { customerId, ...consented, changed: ['status'], status: 'blocked' } }]);
    given(Customer, created).when(change, { status: 'active' }).then([]);
  });

  it('a consent that is given again changes nothing', () => {
    given(Customer, created).when(consent, 'marketing', 'granted').then(['customer.updated']);
    given(Customer, created, CustomerUpdated({ customerId, ...consented }))
      .when(consent, 'marketing', 'granted')
      .then([]);
  });

  it('what somebody has to come back to is open until it is ticked off', () => {
    const asked = logged(Customer.apply(undefined, created), { ...told, followUpAt: at });
    given(Customer, created, ...asked)
      .when(followedUp, { interactionId: 'i1', by: 'eve', at })
      .then(['customer.followed.up']);
    given(Customer, created).when(followedUp, { interactionId: 'i1', by: 'eve', at }).then([]);
  });

  it('a customer has fifty follow-ups at most, and what needs none is logged all the same', () => {
    let state = Customer.apply(undefined, created);
    for (let count = 0; count < 50; count += 1)
      for (const event of logged(state, { ...told, followUpAt: at })) state = Customer.apply(state, event);
    given(Customer, state)
      .when(logged, { ...told, followUpAt: at })
      .isRefused('too-many-follow-ups');
    given(Customer, state).when(logged, told).then(['customer.interaction.logged']);
  });

  it('of a customer who is erased nothing is left to tell, and nothing can be changed', () => {
    const erased = Customer.apply(Customer.apply(undefined, created), CustomerDeleted({ customerId }));
    expect(erased).toMatchObject({ customerId, status: 'erased', tags: [], consents: {}, followUps: [] });
    given(Customer, erased).when(remove).then([]);
    given(Customer, erased)
      .when(change, { tags: ['vip'] })
      .isRefused('customer-erased');
    given(Customer, erased).when(consent, 'marketing', 'granted').isRefused('customer-erased');
    given(Customer, erased).when(logged, told).isRefused('customer-erased');
  });
});
