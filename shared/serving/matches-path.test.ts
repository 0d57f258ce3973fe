import { expect, it } from 'vitest';
import { matchesPath } from './matches-path.ts';

const id = '01890000-0000-7000-8000-000000000000';

it.each([
  ['api/v1/orders', '/api/v1/orders'],
  ['api/v1/orders', '/API/v1/Orders/'],
  ['api/v1/orders/{id}', '/api/v1/orders/anything'],
  ['api/v1/users/{id:guid}', `/api/v1/users/${id}`],
  ['health/{part?}', '/health'],
  ['health/{part?}', '/health/ready'],
  ['.well-known/jwks.json', '/.well-known/jwks.json'],
])('the route %s matches the path %s', (route, path) => {
  expect(matchesPath(route)(path)).toBe(true);
});

it.each([
  ['api/v1/orders', '/api/v1/order'],
  ['api/v1/orders', '/api/v1/orders/1'],
  ['api/v1/orders/{id}', '/api/v1/orders/'],
  ['api/v1/orders/{id}', '/api/v1/orders/1/cancel'],
  ['api/v1/users/{id:guid}', '/api/v1/users/me'],
  ['health/{part?}', '/health/ready/now'],
  ['.well-known/jwks.json', '/Xwell-known/jwks.json'],
])('the route %s does not match the path %s', (route, path) => {
  expect(matchesPath(route)(path)).toBe(false);
});
