import { expect, it } from 'vitest';
import { toldPath } from './told-path.ts';

it.each([
  ['api/v1/orders/{id}', '/api/v1/orders/o-1', '/api/v1/orders/o-1'],
  [
    'api/v1/channels/{provider}/reports/{secret}',
    '/api/v1/channels/smtp/reports/s3cr3t',
    '/api/v1/channels/smtp/reports/***',
  ],
  [
    'api/v1/channels/{provider}/reports/{secret}',
    '/api/v1/channels/smtp/reports/s3cr3t/',
    '/api/v1/channels/smtp/reports/***/',
  ],
  ['api/v1/{secret}/x', '/API/v1/s3cr3t/x', '/API/v1/***/x'],
  ['{*path}', '/api/v1/channels/smtp/report/s3cr3t', '/***'],
])('of the route %s the path %s is told as %s', (route, path, told) => {
  expect(toldPath(route, path)).toBe(told);
});
