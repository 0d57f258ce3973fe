import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContactClaim, contactBoundary, contactKey } from '../../functions/customers/contact/contact.ts';
import { changeCustomer } from '../../functions/customers/customer/change-customer.ts';
import { begin, Customer, customerBoundary } from '../../functions/customers/customer/customer.ts';
import { Profile } from '../../functions/customers/customer/profile.ts';
import { welcomeCustomer } from '../../functions/customers/customer/welcome-customer.ts';
import { deleteCustomer } from '../../functions/customers/erasing/delete-customer.ts';
import { eraseCustomerRecord, eraseDeletedCustomer } from '../../functions/customers/erasing/erase-customer.ts';
import { countOrders } from '../../functions/customers/figures/count-orders.ts';
import { countTillPurchases } from '../../functions/customers/figures/count-till-purchases.ts';
import { Figures } from '../../functions/customers/figures/figures.ts';
import { customers } from '../../functions/customers/service.ts';
import { lookupOwners, lookupsBy } from '../../shared/app/lookup-owners.ts';
import { answers } from '../../shared/capabilities/answers.ts';
import { defineService } from '../../shared/capabilities/define-service.ts';
import { consumeBatch } from '../../shared/consuming/consume-batch.ts';
import { CustomerDeleted } from '../../shared/events/contracts/customers.ts';
import { UserCreated, UserDeleted } from '../../shared/events/contracts/identity.ts';
import { OrderStatusChanged } from '../../shared/events/contracts/orders.ts';
import { PosTransaction } from '../../shared/events/contracts/pos-transaction.ts';
import { ContactOfUser } from '../../shared/lookups/contact-of-user.ts';
import { consumeDependencies } from '../../shared/runtime/consume-dependencies.ts';
import { benchSettings } from '../rigs/bench-settings.ts';
import { type ConsumerBench, consumerBench } from '../rigs/kernel/consumer-bench.ts';
import { service } from '../rigs/kernel/kernel-bench.ts';
import { recordOf } from '../rigs/kernel/records.ts';
import { request } from '../rigs/kernel/request.ts';
import { runtimeBench } from '../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../rigs/kernel/serve-endpoint.ts';

const at = '2026-11-22T09:59:00.000Z';
type Status = Parameters<typeof OrderStatusChanged>[0]['to'];

/** What somebody orders and buys at a till: two orders, one of which is cancelled again, a sale, and part of it back. */
function purchasesOf(customerId: string) {
  const order = (orderId: string, totalAmount: number, from: Status, to: Status) =>
    recordOf(OrderStatusChanged({ orderId, customerId, location: 'main', from, to, totalAmount, placedAt: at }));
  const till = (kind: 'sale' | 'refund', amount: number) =>
    recordOf(
      PosTransaction({
        shopId: 'berlin',
        transactionId: randomUUID(),
        kind,
        location: 'berlin',
        register: '1',
        sessionId: 's1',
        businessDay: '2026-11-22',
        customerId,
        amount,
        total: amount,
        rounding: 0,
        tax: [],
        payments: [],
        lines: [],
        at,
      }),
    );
  return [
    order('o1', 250_000, 'pending', 'confirmed'),
    order('o2', 5_000, 'pending', 'confirmed'),
    order('o2', 5_000, 'confirmed', 'cancelled'),
    till('sale', 3_747),
    till('refund', 1_249),
  ];
}

const counting = [welcomeCustomer, countOrders, countTillPurchases] as const;
const erasing = [eraseDeletedCustomer, eraseCustomerRecord] as const;

async function kindsIn(bench: Pick<ConsumerBench, 'documents'>, boundary: string): Promise<readonly string[]> {
  const kernel = ['outbox', 'tombstone', 'inbox', 'receipt'];
  const kinds = (await bench.documents(`main/${boundary}`)).map(({ kind }) => kind);
  return [...new Set(kinds)].filter((kind) => !kernel.includes(kind)).toSorted();
}

async function toldOf(bench: ConsumerBench, customerId: string, type: string): Promise<number> {
  const owed = await bench.owed(`main/${customerBoundary(customerId)}`);
  return owed.filter(({ envelope }) => envelope.type === type).length;
}

describe('the figures of a customer', () => {
  it('what a customer has bought is counted once, in whatever order and however often it is delivered', async () => {
    const bench = await consumerBench();
    await fc.assert(
      fc.asyncProperty(fc.gen(), fc.integer({ min: 1, max: 5 }), async (gen, cut) => {
        const customerId = randomUUID();
        const records = purchasesOf(customerId);
        const twice = gen(fc.shuffledSubarray, [...records, ...records], { minLength: 10, maxLength: 10 });
        for (const batch of [twice.slice(0, cut), twice.slice(cut)]) await bench.consume(batch, ...counting);
        const work = bench.open(`main/${customerBoundary(customerId)}`);
        const { state } = await work.load(Figures, customerId);
        expect(state).toEqual({ orders: 1, spent: 252_498, lastPurchaseAt: at });
        expect(await toldOf(bench, customerId, 'customer.created')).toBe(1);
      }),
      { numRuns: 30 },
    );
    expect(await bench.parked()).toEqual([]);
  });

  it('of a customer who is erased nothing is counted, and no record begins anew', async () => {
    const bench = await consumerBench();
    const customerId = randomUUID();
    const records = purchasesOf(customerId);
    await bench.consume(records.slice(0, 2), ...counting);
    await bench.consume([recordOf(UserDeleted({ userId: customerId, by: 'admin-1' }))], ...erasing);
    await bench.consume(records, ...counting, ...erasing);
    expect(await kindsIn(bench, customerBoundary(customerId))).toEqual(['customer']);
    const nobody = randomUUID();
    await bench.consume([recordOf(UserDeleted({ userId: nobody, by: 'admin-1' }))], ...erasing);
    await bench.consume(purchasesOf(nobody), ...counting, ...erasing);
    expect(await kindsIn(bench, customerBoundary(nobody))).toEqual([]);
  });
});

describe('the record of an account', () => {
  it('somebody whose registration is delivered ten times has one record', async () => {
    const bench = await consumerBench();
    const userId = randomUUID();
    const created = recordOf(UserCreated({ userId, roles: ['customer'], createdAt: at }));
    for (const size of [1, 3, 6]) await bench.consume(Array(size).fill(created), ...counting);
    expect(await kindsIn(bench, customerBoundary(userId))).toEqual(['customer']);
    expect(await toldOf(bench, userId, 'customer.created')).toBe(1);
    await bench.consume([recordOf(UserCreated({ userId: 'sam', roles: ['sales'], createdAt: at }))], ...counting);
    expect(await kindsIn(bench, customerBoundary('sam'))).toEqual([]);
  });

  it('a customer whose user and record are deleted at once is told of once, leaves nothing, and their contacts are free', async () => {
    const bench = await consumerBench();
    const customerId = randomUUID();
    const contact = { kind: 'email', value: 'ann@example.com' } as const;
    const claim = bench.open(`main/${contactBoundary(contact)}`);
    (await claim.load(ContactClaim, contactKey(contact))).put({ customerId, claimedAt: at });
    await claim.commit();
    const work = bench.open(`main/${customerBoundary(customerId)}`);
    (await work.load(Customer, customerId)).record(
      begin({ customerId, kind: 'person', source: 'account', createdAt: at }),
    );
    (await work.load(Profile, customerId)).put({ name: 'Ann', email: contact.value });
    await work.commit();
    const deletions = [
      recordOf(UserDeleted({ userId: customerId, by: 'admin-1' })),
      recordOf(CustomerDeleted({ customerId })),
    ];
    await Promise.all(deletions.map((deletion) => bench.consume([deletion], ...erasing)));
    await bench.consume(deletions, ...erasing);
    expect(await toldOf(bench, customerId, 'customer.deleted')).toBe(1);
    expect(await kindsIn(bench, customerBoundary(customerId))).toEqual(['customer']);
    expect(await kindsIn(bench, contactBoundary(contact))).toEqual([]);
    expect(await bench.parked()).toEqual([]);
  });

  it('a record that is deleted while its user is being deleted is told of once, whoever is first, and nobody is left with a dead letter', async () => {
    const { bench, runtime } = await withoutAccounts();
    for (let round = 0; round < 8; round += 1) {
      const customerId = randomUUID();
      const boundary = `main/${customerBoundary(customerId)}`;
      const work = bench.open(boundary);
      (await work.load(Customer, customerId)).record(
        begin({ customerId, kind: 'person', source: 'account', createdAt: at }),
      );
      (await work.load(Profile, customerId)).put({ name: 'Ann' });
      await work.commit();
      const consumer = { name: 'customers-on-identity-events', service, topic: 'identity-events', reactions: erasing };
      const userDeleted = recordOf(UserDeleted({ userId: customerId, by: 'admin-1' }));
      const [answer] = await Promise.all([
        serveEndpoint(deleteCustomer, request({ method: 'DELETE', params: { id: customerId } }), { service, runtime }),
        consumeBatch([userDeleted], consumer, consumeDependencies(service, runtime)),
      ]);
      expect(answer.status).toBe(204);
      const owed = (await bench.owed(boundary)).map(({ envelope }) => envelope);
      const told = [...bench.transport.sent, ...owed].filter(
        ({ type, subject }) => type === 'customer.deleted' && subject === `customer/${customerId}`,
      );
      expect(new Set(told.map(({ id }) => id)).size).toBe(1);
      const kinds = (await bench.documents(boundary)).map(({ kind }) => kind);
      expect(kinds).not.toContain('profile');
    }
    expect(await bench.deadLetters()).toEqual([]);
  });

  it('an address that is changed while its customer is being deleted is free afterwards, whoever is first', async () => {
    const { bench, runtime } = await withoutAccounts();
    const serve = (endpoint: typeof deleteCustomer | typeof changeCustomer, said: Parameters<typeof request>[0]) =>
      serveEndpoint(endpoint, request(said), { service, runtime });
    const consumer = { name: 'customers-on-sales-events', service, topic: 'sales-events', reactions: erasing };
    for (let round = 0; round < 12; round += 1) {
      const customerId = randomUUID();
      const contact = { kind: 'email', value: `ann${round}@example.com` } as const;
      const work = bench.open(`main/${customerBoundary(customerId)}`);
      (await work.load(Customer, customerId)).record(
        begin({ customerId, kind: 'person', source: 'staff', createdAt: at }),
      );
      (await work.load(Profile, customerId)).put({ name: 'Ann' });
      await work.commit();
      const params = { id: customerId };
      const [changed, deleted] = await Promise.all([
        serve(changeCustomer, { method: 'PATCH', params, body: { email: contact.value } }),
        serve(deleteCustomer, { method: 'DELETE', params }),
      ]);
      expect([changed.status, deleted.status]).toEqual([changed.status === 200 ? 200 : 409, 204]);
      await consumeBatch([recordOf(CustomerDeleted({ customerId }))], consumer, consumeDependencies(service, runtime));
      expect(await kindsIn(bench, contactBoundary(contact))).toEqual([]);
    }
  });
});

/** A bench on which nobody has an account. */
async function withoutAccounts() {
  const bench = await runtimeBench(undefined, { indexes: customers.indexes });
  const nobody = defineService({
    name: service,
    summary: 'An account that is gone.',
    capabilities: [answers(ContactOfUser, async () => undefined)],
  });
  const settings = benchSettings([customers]);
  const lookupOf = lookupsBy(lookupOwners([nobody], [ContactOfUser]), { ...bench.runtime, settings });
  return { bench, runtime: { ...bench.runtime, settings, lookupOf } };
}
