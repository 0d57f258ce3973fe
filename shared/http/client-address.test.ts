import { expect, it } from 'vitest';
import { clientAddress, clientNetwork } from './client-address.ts';

const behind = (proxies: number, forwardedFor?: string, peer?: string) =>
  clientAddress(
    new Headers({
      ...(forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }),
      ...(peer === undefined ? {} : { 'x-peer': peer }),
    }),
    { TRUSTED_PROXIES: proxies, PEER_ADDRESS_HEADER: 'x-peer' },
  );

it.each([
  [1, '203.0.113.7:50512', '203.0.113.7'],
  [1, '9.9.9.9, 203.0.113.7:50512', '203.0.113.7'],
  [2, '203.0.113.7, 10.0.0.4:50512', '203.0.113.7'],
  [2, '9.9.9.9, 203.0.113.7, 10.0.0.4', '203.0.113.7'],
  [3, '203.0.113.7', '203.0.113.7'],
  [1, '9.9.9.9, [2001:db8::7]:50512', '2001:db8::7'],
])('behind %d trusted proxies X-Forwarded-For %j tells the client %s', (proxies, forwardedFor, address) => {
  expect(behind(proxies, forwardedFor)).toBe(address);
  expect(behind(proxies, forwardedFor, '10.0.0.9')).toBe(address);
});

it.each([
  [0, '203.0.113.7'],
  [1, undefined],
  [1, ''],
  [1, '203.0.113.7, '],
  [1, '203.0.113.7, unknown'],
  [2, 'nonsense, 10.0.0.4'],
])('behind %d trusted proxies X-Forwarded-For %j does not tell the client, and the address that the host saw counts', (proxies, forwardedFor) => {
  expect(behind(proxies, forwardedFor)).toBeUndefined();
  expect(behind(proxies, forwardedFor, '::ffff:10.0.0.9')).toBe('10.0.0.9');
});

it('a header with an address that no host has written is not believed', () => {
  expect(clientAddress(new Headers({ 'x-peer': '10.0.0.9' }), { TRUSTED_PROXIES: 0 })).toBeUndefined();
});

it('clients of one /64 are counted as one, and those who came past the trusted proxies as another', () => {
  const counted = (forwardedFor: string) =>
    clientNetwork(new Headers({ 'x-forwarded-for': forwardedFor }), { TRUSTED_PROXIES: 1 });
  expect(counted('2001:db8::7')).toBe(counted('[2001:db8::8]:50512'));
  expect(counted('nonsense')).toBe('unknown');
});

it('clients are not counted where no setting tells them apart', () => {
  expect(clientNetwork(new Headers({ 'x-forwarded-for': '203.0.113.7' }), { TRUSTED_PROXIES: 0 })).toBeUndefined();
});
