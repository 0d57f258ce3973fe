import { describe, expect, it } from 'vitest';
import { afterChanges, changesOf, keysOf, refuseBreaking } from './setting-changes.ts';

const own = {
  orders: { timeout: 'PT5M' },
  company: { name: 'Song', currency: 'CHF' },
  customers: { purposes: ['news'] },
};
const day = 86_400_000;

describe('a change of settings', () => {
  it('a change names each key with what it was and what it is, and nothing of what is so already', () => {
    const changes = changesOf(own, {
      orders: { timeout: 'PT1M' },
      company: { name: 'Song', language: 'de' },
      customers: { purposes: ['news'] },
    });
    expect(changes).toEqual([
      { key: 'orders.timeout', from: 'PT5M', to: 'PT1M' },
      { key: 'company.language', from: null, to: 'de' },
    ]);
    expect(afterChanges(own, changes)).toEqual({
      ...own,
      orders: { timeout: 'PT1M' },
      company: { ...own.company, language: 'de' },
    });
  });

  it('null puts a key back to its default, and a part with all its keys', () => {
    const changes = changesOf(own, { orders: { timeout: null }, company: null, sales: { offlineDays: null } });
    expect(changes).toEqual([
      { key: 'orders.timeout', from: 'PT5M', to: null },
      { key: 'company.name', from: 'Song', to: null },
      { key: 'company.currency', from: 'CHF', to: null },
    ]);
    expect(keysOf(afterChanges(own, changes))).toEqual(['customers.purposes']);
  });

  it('an order may wait as long as its events are kept, and no longer', () => {
    const waiting = (timeout: string | null) => () =>
      refuseBreaking([{ key: 'orders.timeout', from: 'P1D', to: timeout }], 7 * day);
    for (const timeout of ['P7D', null]) expect(waiting(timeout)).not.toThrow();
    expect(waiting('P8D')).toThrow('an order would wait for P8D, and events are kept for P7D');
  });
});
