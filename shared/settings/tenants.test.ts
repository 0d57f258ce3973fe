import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTenant, TenantsSetting, tenantOfNobody } from './tenants.ts';

const parsed = (text: string) => TenantsSetting.parse(text);

describe('the setting of the tenants', () => {
  it('TENANTS names tenants, each counted once, or any by *', () => {
    expect(parsed(' main, acme,main,')).toEqual(['main', 'acme']);
    expect(parsed('*')).toBe('any');
  });

  it.each([
    [' , ', ['name at least one tenant, or * for any']],
    ['main,*', ['* stands alone: name the tenants, or let * be all there is']],
    ['Acme', ["'Acme' is none: a tenant is 1 to 40 lower-case letters, digits or hyphens, and not system"]],
    ['main,system', ["'system' is none: a tenant is 1 to 40 lower-case letters, digits or hyphens, and not system"]],
  ])('TENANTS=%j is refused with what to change', (text, messages) => {
    expect(TenantsSetting.safeParse(text).error?.issues.map(({ message }) => message)).toEqual(messages);
  });

  it('only a name that TENANTS lists is a tenant, or where it says *, only one that a tenant can have', () => {
    const name = fc.oneof(
      fc.stringMatching(/^[a-z0-9-]{1,42}$/),
      fc.string(),
      fc.constantFrom('main', 'system', '*', ''),
    );
    fc.assert(
      fc.property(name, (text) => {
        expect(isTenant(text, parsed('main,acme'))).toBe(text === 'main' || text === 'acme');
        expect(isTenant(text, 'any')).toBe(/^[a-z0-9-]{1,40}$/.test(text) && text !== 'system');
      }),
    );
  });

  it('whoever names no tenant is of main, or of the first of TENANTS where main is not among them', () => {
    expect(['*', 'acme,main', 'acme,other'].map((text) => tenantOfNobody(parsed(text)))).toEqual([
      'main',
      'main',
      'acme',
    ]);
  });
});
