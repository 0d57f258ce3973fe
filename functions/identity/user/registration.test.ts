import { describe, expect, it } from 'vitest';
import { TrustedIssuers } from '../../../shared/security/trusted-issuers.ts';
import { type Registration, roleByRegistering } from './registration.ts';

const corp = { name: 'corp', issuer: 'https://corp.test', audience: 'shop', tenant: 'corp', roles: { values: {} } };
const settings = { TRUSTED_ISSUERS: TrustedIssuers.parse(JSON.stringify([corp])) };
const boss = 'boss@example.com';

function role(tenant: string, address: string, REGISTRATION: Registration, of = 'main'): string {
  try {
    return roleByRegistering(
      { tenant, address },
      { REGISTRATION, ADMIN_EMAILS: [{ tenant: of, address: boss }] },
      settings,
    );
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

describe('registering', () => {
  it.each([
    ['main', 'open', 'customer'],
    ['main', 'closed', 'registration-closed'],
    ['main', ['main'], 'customer'],
    ['acme', ['main'], 'registration-closed'],
    ['corp', 'open', 'registration-closed'],
    ['corp', ['corp'], 'customer'],
  ] as const)('registering in %s where registration is %j makes a %s', (tenant, registration, made) => {
    expect(role(tenant, 'ann@example.com', registration)).toBe(made);
  });

  it.each([
    ['main', 'main', 'admin'],
    ['main', 'acme', 'registration-closed'],
    ['*', 'acme', 'admin'],
    ['*', 'corp', 'registration-closed'],
    ['corp', 'corp', 'admin'],
  ])('an address that the settings name as admin of %s registers in %s as %s, though registration is closed', (of, tenant, made) => {
    expect(role(tenant, boss, 'closed', of)).toBe(made);
  });
});
