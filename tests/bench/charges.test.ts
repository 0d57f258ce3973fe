import { expect, it } from 'vitest';
import { Charges } from '../../bench/apps/metered/charges.ts';

it('request units and requests are added up by what is asked for, and half of what strong reads cost is told apart', () => {
  const charges = new Charges();
  const asked = { container: 'orders', operation: 'read', kind: 'order', units: 2, isStrongRead: true, requests: 0.5 };
  for (const one of [
    asked,
    asked,
    { ...asked, isStrongRead: false },
    { ...asked, operation: 'create', isStrongRead: false },
  ])
    charges.add(one);
  expect(charges.all).toEqual([
    { container: 'orders', operation: 'read', kind: 'order', units: 6, unitsOfStrong: 2, requests: 1.5 },
    { container: 'orders', operation: 'create', kind: 'order', units: 2, unitsOfStrong: 0, requests: 0.5 },
  ]);
});
