import { describe, expect, it } from 'vitest';
import { TenantsSetting } from '../../settings/tenants.ts';
import { forTheWhole } from './for-the-whole.ts';

describe('operators of the whole system', () => {
  it.each([
    ['*', 'main', true],
    ['*', 'acme', false],
    ['acme,main', 'main', true],
    ['acme,main', 'acme', false],
    ['acme,other', 'acme', true],
    ['acme,other', 'other', false],
  ])('with TENANTS=%s, an operator of the tenant %s looks after the whole system: %s', (tenants, tenant, expected) => {
    const ask = () => forTheWhole({ tenant }, { TENANTS: TenantsSetting.parse(tenants) }, 'consumers are of all');
    if (expected) expect(ask).not.toThrow();
    else expect(ask).toThrow(/^consumers are of all: this is for \w+ alone$/);
  });
});
