import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tenant } from '../security/principal.ts';
import { topicKeyOf } from './topic-key.ts';

const keyOf = (tenantid: string, partitionkey: string) => topicKeyOf({ tenantid, partitionkey });
const tenants = fc.stringMatching(/^[a-z0-9-]{1,40}$/);

describe('the key of a topic', () => {
  it('the key of a message is the tenant, a slash and the partition key of the event', () => {
    expect(keyOf('acme', 'main')).toBe('acme/main');
    expect(keyOf('acme', 'main/ITEM-001')).toBe('acme/main/ITEM-001');
  });

  it('a key has at most 128 bytes and begins with the tenant, whatever the partition key', () => {
    fc.assert(
      fc.property(tenants, fc.string({ minLength: 1, maxLength: 300, unit: 'binary' }), (tenant, partitionkey) => {
        expect(Tenant.safeParse(tenant).success).toBe(true);
        const key = keyOf(tenant, partitionkey);
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(128);
        expect(key.startsWith(`${tenant}/`)).toBe(true);
        expect(keyOf(tenant, partitionkey)).toBe(key);
      }),
    );
  });

  it('two long partition keys have two keys', () => {
    expect(keyOf('acme', `${'x'.repeat(200)}1`)).not.toBe(keyOf('acme', `${'x'.repeat(200)}2`));
  });
});
