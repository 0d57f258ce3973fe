import { expect, it } from 'vitest';
import { isFromThisMachine } from './from-this-machine.ts';

const asked = (url: string, forwardedFor?: string) => {
  const headers = new Headers(forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor });
  return isFromThisMachine({ url, headers });
};

it.each([
  ['http://127.0.0.1:7071/metrics', undefined],
  ['http://localhost:7071/metrics', undefined],
  ['http://[::1]:7071/metrics', undefined],
  ['http://127.0.0.1:7071/metrics', '127.0.0.1:50512'],
  ['http://127.0.0.1:7071/metrics', '[::1]:50512'],
])('a request to %s, forwarded for %s, comes from this machine', (url, forwardedFor) => {
  expect(asked(url, forwardedFor)).toBe(true);
});

it.each([
  ['https://lagerhaus.azurewebsites.net/metrics', undefined],
  ['https://127.0.0.1.example.com/metrics', undefined],
  ['https://lagerhaus.azurewebsites.net/metrics', '127.0.0.1'],
  ['http://127.0.0.1:7071/metrics', '203.0.113.7:50512'],
  ['http://127.0.0.1:7071/metrics', '127.0.0.1, 203.0.113.7'],
  ['http://127.0.0.1:7071/metrics', '[2001:db8::7]:50512'],
  ['http://127.0.0.1:7071/metrics', ''],
])('a request to %s, forwarded for %s, comes from another machine', (url, forwardedFor) => {
  expect(asked(url, forwardedFor)).toBe(false);
});
