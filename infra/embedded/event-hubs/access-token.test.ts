import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { claimOfSignature } from './access-token.ts';

const policy = { name: 'root', key: 'c2VjcmV0' };

function tokenFor(resource: string): string {
  const signature = createHmac('sha256', policy.key).update(`${resource}\n4102444800`).digest('base64');
  return `SharedAccessSignature sr=${resource}&sig=${encodeURIComponent(signature)}&se=4102444800&skn=root`;
}

describe('a shared access signature', () => {
  it.each([
    ['JavaScript', 'sb%3A%2F%2Fhost%3A1%2Forders'],
    ['Go, in lower case', 'amqp%3a%2f%2fhost%3a1%2forders'],
  ])('a shared access signature is over the resource as it is written, as the SDK for %s does', (_, resource) => {
    expect(claimOfSignature(tokenFor(resource), policy, 0)).toMatchObject({ path: 'orders' });
  });

  it('a shared access signature for another resource is refused', () => {
    const token = tokenFor('sb%3A%2F%2Fhost%3A1%2Forders').replace('orders', 'others');
    expect(() => claimOfSignature(token, policy, 0)).toThrow('InvalidSignature');
  });
});
