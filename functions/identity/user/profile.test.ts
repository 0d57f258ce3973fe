import { describe, expect, it } from 'vitest';
import { newestAddress, type ProfileState, withAddress, withDetails, withoutAddress } from './profile.ts';

const ann: ProfileState = { email: 'ann@example.com', first_name: 'Ann', phone: '555', addresses: [] };
const at = (id: string) => ({ id, line1: '1 Main Street', city: 'Springfield', postal_code: '12345', country: 'US' });

describe('a profile', () => {
  it('a profile keeps the details that a change does not name, and loses those that it sets to null', () => {
    expect(withDetails(ann, { first_name: 'Anna', phone: null })).toEqual({
      email: 'ann@example.com',
      first_name: 'Anna',
      addresses: [],
    });
    expect(withDetails(ann, { last_name: 'Song' })).toEqual({ ...ann, last_name: 'Song' });
  });

  it('an address is added last and removed by its id', () => {
    const two = withAddress(withAddress(ann, at('a')), at('b'));
    expect(newestAddress(two)).toEqual(at('b'));
    expect(withoutAddress(two, 'a')).toEqual({ ...ann, addresses: [at('b')] });
  });

  it('an address that is not there cannot be removed', () => {
    expect(() => withoutAddress(ann, 'a')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('a profile has at most twenty addresses', () => {
    const addresses = Array.from({ length: 20 }, (_, n) => at(`${n}`));
    expect(() => withAddress({ ...ann, addresses }, at('one more'))).toThrow(
      expect.objectContaining({ code: 'too-many-addresses' }),
    );
  });
});
