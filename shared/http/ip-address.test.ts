import { describe, expect, it } from 'vitest';
import { addressIn, networkOf, shortened } from './ip-address.ts';

describe('the address in what a proxy says', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7:50512 ', '203.0.113.7'],
    ['2001:DB8::7', '2001:db8::7'],
    ['[2001:db8::7]', '2001:db8::7'],
    ['[2001:db8::7]:50512', '2001:db8::7'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25eth0]:443', 'fe80::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['[::FFFF:203.0.113.7]:50512', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:cb00:7107', '203.0.113.7'],
    ['64:ff9b::203.0.113.7', '203.0.113.7'],
    ['::1', '::1'],
  ])('what a proxy says as %j is the address %s', (text, address) => {
    expect(addressIn(text)).toBe(address);
  });

  it.each([
    '',
    ' ',
    'unknown',
    '_hidden',
    '203.0.113',
    '203.0.113.256',
    '1.2.3.4.5',
    '2001:db8::7::1',
    '[203.0.113.7',
    '[]',
    ':50512',
    '%eth0',
    '2001:db8:::7',
    'a'.repeat(20_000),
    '\u0000',
    '١.٢.٣.٤',
  ])('what a proxy says as %j is no address', (text) => {
    expect(addressIn(text)).toBeUndefined();
  });
});

describe('the network of a client', () => {
  it.each([
    '2001:db8:0:1::7',
    '2001:db8:0:1:ffff:ffff:ffff:ffff',
    '2001:0DB8:0000:0001::',
    '2001:db8::1:0:0:0:9',
    '2001:db8:0:1::1.2.3.4',
  ])('the address %s counts as one client with all of its /64', (address) => {
    expect(networkOf(address)).toBe('2001:db8:0:1::/64');
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:0:2::7', '2001:db8:0:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['1::', '1:0:0:0::/64'],
  ])('the network of the client %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

it.each([
  ['203.0.113.7', '203.0.113.0/24'],
  ['2001:db8:0:1::7', '2001:db8:0::/48'],
])('the address %s is shortened to %s', (address, short) => {
  expect(shortened(address)).toBe(short);
});
