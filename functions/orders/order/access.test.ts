import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../shared/security/principal.ts';
import { customerFor, refuseForeign } from './access.ts';
import { aPendingOrder } from './order.examples.ts';

const customer: Principal = { sub: 'CUST-123', tenant: 'main', roles: ['customer'] };
const stranger: Principal = { ...customer, sub: 'CUST-999' };
const seller: Principal = { sub: 'eve', tenant: 'main', roles: ['sales', 'customer'] };

describe('a customer', () => {
  it('orders for themselves, said or not', () => {
    expect(customerFor(customer, undefined)).toBe('CUST-123');
    expect(customerFor(customer, 'CUST-123')).toBe('CUST-123');
  });
  it('does not order for others', () => {
    expect(() => customerFor(customer, 'CUST-999')).toThrow(expect.objectContaining({ kind: 'forbidden' }));
  });
  it('sees their own orders, and of others not even that they exist', () => {
    expect(() => refuseForeign(customer, aPendingOrder)).not.toThrow();
    expect(() => refuseForeign(stranger, aPendingOrder)).toThrow(expect.objectContaining({ kind: 'absent' }));
  });
});

describe('a seller', () => {
  it('orders for whoever they name, and for nobody unnamed', () => {
    expect(customerFor(seller, 'CUST-999')).toBe('CUST-999');
    expect(customerFor(seller, undefined)).toBeUndefined();
  });
  it('sees every order', () => {
    expect(() => refuseForeign(seller, aPendingOrder)).not.toThrow();
  });
});
