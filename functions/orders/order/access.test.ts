import { describe, expect, it } from 'vitest';
import type { Access } from '../../../shared/security/principal.ts';
import { customerFor, refuseForeign } from './access.ts';
import { aPendingOrder } from './order.examples.ts';

const customer: Access = { caller: { sub: 'CUST-123', tenant: 'main', roles: ['customer'] }, isForOneself: true };
const stranger: Access = {
  ...customer,
  caller: { ...customer.caller, sub: 'CUST-999', roles: ['customer', 'payroll'] },
};
const seller: Access = { caller: { sub: 'eve', tenant: 'main', roles: ['sales', 'customer'] }, isForOneself: false };

describe('somebody who orders for themselves', () => {
  it('a customer can order for themselves, named or not', () => {
    expect(customerFor(customer, undefined)).toBe('CUST-123');
    expect(customerFor(customer, 'CUST-123')).toBe('CUST-123');
  });
  it('a customer cannot order for others', () => {
    expect(() => customerFor(customer, 'CUST-999')).toThrow(expect.objectContaining({ kind: 'forbidden' }));
  });
  it('a customer sees their own orders, and orders of others as absent', () => {
    expect(() => refuseForeign(customer, aPendingOrder)).not.toThrow();
    expect(() => refuseForeign(stranger, aPendingOrder)).toThrow(expect.objectContaining({ kind: 'absent' }));
  });
});

describe('somebody who orders for others', () => {
  it('a salesperson can order for any customer, but must name one', () => {
    expect(customerFor(seller, 'CUST-999')).toBe('CUST-999');
    expect(customerFor(seller, undefined)).toBeUndefined();
  });
  it('a salesperson sees every order', () => {
    expect(() => refuseForeign(seller, aPendingOrder)).not.toThrow();
  });
});
