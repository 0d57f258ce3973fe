import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AddressOfOrder } from '../../shared/lookups/address-of-order.ts';
import { ContactOfUser } from '../../shared/lookups/contact-of-user.ts';
import { DeletedUser } from '../../shared/lookups/deleted-user.ts';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { openLookups } from '../rigs/clients/lookup-client.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { identityBench } from './identity-bench.ts';
import { openShop, sharedStack } from './open-shop.ts';

describe('the contact of a user', () => {
  it('the contact of a user is what they have written last, and nothing once they are deleted', async () => {
    using lookups = openLookups(sharedStack());
    const bench = identityBench();
    const lookup = lookups.lookupOf(bench.tenant);
    const { user, api } = await bench.somebody();
    expect(await lookup(ContactOfUser, { userId: user.id })).toEqual({ email: 'ann@example.com' });
    bodyOf(await api.patch('/api/v1/users/me', { first_name: 'Anna', last_name: 'Lee' }), 200);
    expect(await lookup(ContactOfUser, { userId: user.id })).toEqual({ email: 'ann@example.com', name: 'Anna Lee' });
    bodyOf(await api.patch('/api/v1/users/me', { phone: '555-123-4567' }), 200);
    expect(await lookup(ContactOfUser, { userId: user.id })).not.toHaveProperty('telephone');
    bodyOf(await api.patch('/api/v1/users/me', { phone: '+1 555-123-4567' }), 200);
    expect(await lookup(ContactOfUser, { userId: user.id })).toHaveProperty('telephone', '+15551234567');
    const admin = await bench.admin();
    bodyOf(await admin.post(`/api/v1/users/${user.id}/deactivate`), 200);
    expect(await lookup(ContactOfUser, { userId: user.id })).toMatchObject({ email: 'ann@example.com' });
    expect((await admin.delete(`/api/v1/users/${user.id}`)).status).toBe(204);
    expect(await lookup(ContactOfUser, { userId: user.id })).toBeUndefined();
    expect(await lookup(DeletedUser, { userId: user.id })).toEqual({ isDeleted: true });
  });

  it('nobody is a deleted user who is a user, or never was one', async () => {
    using lookups = openLookups(sharedStack());
    const bench = identityBench();
    const { user } = await bench.somebody();
    const lookup = lookups.lookupOf(bench.tenant);
    for (const userId of [user.id, 'CUST-123']) expect(await lookup(DeletedUser, { userId })).toBeUndefined();
  });

  it('nobody has a contact whom identity does not know in the tenant that asks', async () => {
    using lookups = openLookups(sharedStack());
    const { user } = await identityBench().somebody();
    const lookup = lookups.lookupOf(identityBench().tenant);
    for (const userId of [user.id, 'CUST-123']) expect(await lookup(ContactOfUser, { userId })).toBeUndefined();
  });
});

describe('the address of an order', () => {
  it('the address of an order is what stands there now, and nothing where none was given or the customer is deleted', async () => {
    using lookups = openLookups(sharedStack());
    const shop = openShop();
    const lookup = lookups.lookupOf(shop.tenant);
    const { sku } = await shop.sell();
    const customer = await shop.as('customer', { sub: 'ann' });
    const { id: orderId } = await shop.order({ [sku]: 1 }, { customerId: customer.userId });
    expect(await lookup(AddressOfOrder, { orderId })).toBeUndefined();
    expect(await lookup(AddressOfOrder, { orderId: randomUUID() })).toBeUndefined();
    bodyOf(await customer.patch(`/api/v1/orders/${orderId}`, { deliveryAddress: '1 Main Street' }), 200);
    expect(await lookup(AddressOfOrder, { orderId })).toEqual({ deliveryAddress: '1 Main Street' });
    const admin = await shop.as('admin');
    expect((await admin.delete(`/api/v1/users/${customer.userId}`)).status).toBe(204);
    await eventually(async () => expect(await lookup(AddressOfOrder, { orderId })).toBeUndefined());
  });
});
