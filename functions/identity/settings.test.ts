import { describe, expect, it } from 'vitest';
import { readSettings } from '../../shared/settings/settings.ts';
import { identitySettings } from './settings.ts';

const { ADMIN_EMAILS } = identitySettings.shape;
const environment = {
  KAFKA_BROKERS: 'one:9092',
  KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT',
  COSMOS_ENDPOINT: 'https://account.documents.azure.com',
  COSMOS_KEY: 'a2V5',
  SIGNING_KEYS_FILE: '/keys.json',
};
const read = (change: Readonly<Record<string, string>>) =>
  readSettings([{ name: 'identity', settings: identitySettings }], { ...environment, ...change });

describe('the setting ADMIN_EMAILS', () => {
  it('ADMIN_EMAILS name addresses of a tenant, of all, or of main, and are compared as addresses are', () => {
    expect(ADMIN_EMAILS.parse(' Boss@Example.com ,acme:second@bücher.example, *:third@EXAMPLE.com')).toEqual([
      { tenant: 'main', address: 'boss@example.com' },
      { tenant: 'acme', address: 'second@xn--bcher-kva.example' },
      { tenant: '*', address: 'third@example.com' },
    ]);
  });

  it.each([
    'boss',
    'acme:',
    ':boss@example.com',
    'acme:boss',
    'Acme:boss@example.com',
    'system:boss@example.com',
    'a:b:boss@example.com',
  ])('ADMIN_EMAILS that say %j are refused with how they are written', (text) => {
    expect(ADMIN_EMAILS.safeParse(`second@example.com,${text}`).error?.issues[0]).toMatchObject({
      path: [1],
      message: expect.stringContaining('acme:boss@example.com'),
    });
  });

  it('ADMIN_EMAILS of a tenant that TENANTS does not name are refused, since nobody could become admin by them', () => {
    const emails = { ADMIN_EMAILS: 'boss@example.com,acme:boss@example.com,*:boss@example.com' };
    expect(() => read(emails)).toThrow('  ADMIN_EMAILS: is about the tenant acme, which TENANTS does not name');
    expect(() => read({ ...emails, TENANTS: 'acme' })).toThrow('  ADMIN_EMAILS: is about the tenant main');
    expect(() => read({ ...emails, TENANTS: 'main,acme' })).not.toThrow();
    expect(() => read({ ...emails, TENANTS: '*' })).not.toThrow();
  });
});

describe('the setting REGISTRATION', () => {
  it.each([
    ['open', 'open'],
    ['closed', 'closed'],
    ['main, acme', ['main', 'acme']],
  ])('REGISTRATION may say %j', (text, meaning) => {
    expect(identitySettings.of(read({ TENANTS: 'main,acme', REGISTRATION: text })).REGISTRATION).toEqual(meaning);
  });

  it.each(['Open', 'open,main', ' , ', 'main,system'])('REGISTRATION that says %j is refused', (text) => {
    expect(() => read({ TENANTS: '*', REGISTRATION: text })).toThrow(
      '  REGISTRATION: is open, closed, or names the tenants',
    );
  });

  it('REGISTRATION in a tenant that TENANTS does not name is refused', () => {
    expect(() => read({ REGISTRATION: 'main,acme' })).toThrow('  REGISTRATION: is about the tenant acme');
  });
});
