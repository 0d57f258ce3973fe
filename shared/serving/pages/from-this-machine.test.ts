import { expect, it } from 'vitest';
import { isFromThisMachine } from './from-this-machine.ts';

const url = 'http://127.0.0.1:7071/metrics';
const asked = (of: string, headers: Readonly<Record<string, string>> = {}, peerHeader?: string) =>
  isFromThisMachine({ url: of, headers: new Headers(headers) }, { PEER_ADDRESS_HEADER: peerHeader });

it.each([
  'http://127.0.0.1:7071/metrics',
  'http://localhost:7071/metrics',
  'http://[::1]:7071/metrics',
])('a request to %s that nobody has passed on comes from this machine', (of) => {
  expect(
    asked(of, {
      host: '127.0.0.1:7071',
      accept: '*/*',
      'user-agent': 'Prometheus/3.5.0',
      'x-prometheus-scrape-timeout-seconds': '10',
    }),
  ).toBe(true);
});

it.each([
  'https://lagerhaus.azurewebsites.net/metrics',
  'https://127.0.0.1.example.com/metrics',
])('a request to %s comes from another machine', (of) => {
  expect(asked(of)).toBe(false);
});

it.each([
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-Forwarded',
  'Forwarded',
  'Forwarded-For',
  'Via',
  'X-Real-IP',
  'X-Client-IP',
  'Client-IP',
  'True-Client-IP',
  'X-Cluster-Client-IP',
  'X-Original-For',
  'X-Original-Host',
  'X-Rewrite-URL',
  'X-ARR-SSL',
  'X-ARR-LOG-ID',
  'Disguised-Host',
  'X-Azure-ClientIP',
  'X-Envoy-External-Address',
  'CF-Connecting-IP',
  'Fastly-Client-IP',
  'CDN-Loop',
  'X-Amzn-Trace-Id',
  'X-Remote-IP',
  'X-ProxyUser-Ip',
  'X-Nginx-Proxy',
  'Ali-CDN-Real-IP',
  'X-AppService-Proto',
  'X-Host',
  'X-Scheme',
  'X-Url-Scheme',
  'Front-End-Https',
])('a request with the header %s was passed on, even if it says a loopback address', (name) => {
  for (const value of ['127.0.0.1', '203.0.113.7', '']) expect(asked(url, { [name]: value })).toBe(false);
});

it.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['203.0.113.7', false],
  ['', false],
])('a request of which the host says that it comes from %j is from this machine: %s', (peer, expected) => {
  expect(asked(url, { 'x-peer': peer }, 'x-peer')).toBe(expected);
});

it('a request of which the host should say where it comes from and does not, comes from another machine', () => {
  expect(asked(url, {}, 'x-peer')).toBe(false);
});
