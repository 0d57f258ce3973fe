import { expect, it } from 'vitest';
import { consumersOf } from '../shared/app/consumers-of.ts';
import { takesIdempotencyKey } from '../shared/capabilities/endpoint.ts';
import { jsonSchemaOf } from '../shared/http/json-schema.ts';
import { operationsOf } from '../shared/serving/openapi/operations-of.ts';
import { unmatchedRoute } from '../shared/serving/unmatched-route.ts';
import { readSettings } from '../shared/settings/settings.ts';
import { services } from './services.ts';

const settings = readSettings(services, {
  KAFKA_BROKERS: '127.0.0.1:9092',
  KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT',
  COSMOS_ENDPOINT: 'http://127.0.0.1:8081',
  COSMOS_KEY: 'key',
  SIGNING_KEYS_FILE: 'keys.json',
  ORDER_STOCK_CHECK: 'strict',
});
const endpoints = services.flatMap((service) => service.endpoints);

/** Everything that an app serves: the endpoints, and its own pages. */
const operations = operationsOf(services);

/** Whether some path fits both routes: with and without what may be left out, in any case. */
function overlap(one: string, other: string): boolean {
  return variantsOf(one).some((first) => variantsOf(other).some((second) => meet(first, second)));
}

function variantsOf(route: string): readonly (readonly string[])[] {
  const segments = route.toLowerCase().split('/');
  return route.endsWith('?}') ? [segments.slice(0, -1), segments] : [segments];
}

function meet(first: readonly string[], second: readonly string[]): boolean {
  return first.length === second.length && first.every((part, index) => agree(part, second[index] ?? ''));
}

/** A parameter takes anything, save that one for a guid takes no other text. */
function agree(part: string, other: string): boolean {
  if (!part.startsWith('{')) return other.startsWith('{') ? agree(other, part) : part === other;
  return other.startsWith('{') || !part.includes(':guid') || /^[0-9a-f-]{36}$/.test(other);
}

it('no two routes overlap, because the host would order them by function name', () => {
  const clashes = operations.flatMap((one, index) =>
    operations
      .slice(index + 1)
      .filter((other) => one.method === other.method && overlap(one.route, other.route))
      .map((other) => `${one.method} ${one.route} and ${other.route}`),
  );
  expect(clashes).toEqual([]);
});

it.each([
  ['users/{id}', 'users/me', true],
  ['users/{id:guid}', 'Users/me', false],
  ['users/{id:guid}', 'users/{name}', true],
  ['users/{id:guid}/roles', 'users/me/addresses', false],
  ['health/{part?}', 'health', true],
  ['health/{part?}', 'health/ready', true],
  ['health/{part?}', 'health/ready/now', false],
  ['Users', 'users', true],
])('the routes %s and %s overlap: %j', (one, other, expected) => {
  expect([overlap(one, other), overlap(other, one)]).toEqual([expected, expected]);
});

it('the route for unmatched requests sorts last by name, because it overlaps with all others', () => {
  const last = unmatchedRoute([], settings).name.toUpperCase();
  expect(operations.map(({ name }) => name.toUpperCase()).filter((name) => name >= last)).toEqual([]);
});

it('every function has a unique name that the host accepts', () => {
  const names = [
    ...operations.map(({ name }) => name),
    ...services.flatMap((service) => consumersOf(service, settings).map(({ name }) => name)),
  ];
  expect(names.filter((name) => !/^[a-z][a-z0-9_-]*$/.test(name))).toEqual([]);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it('the name of every consumer group fits the fifty characters of Event Hubs', () => {
  const names = services.flatMap((service) => consumersOf(service, settings).map(({ name }) => name));
  expect(names.filter((name) => name.length > 50)).toEqual([]);
});

it('every subscriber has a unique name, because replayed events are addressed by it', () => {
  const names = services.flatMap(({ subscribers }) => subscribers.map(({ name }) => name));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it('every consumer of a service that erases looks for tombstones, and none of a service that does not', () => {
  const erasable = services.flatMap((service) =>
    consumersOf(service, settings).map(({ name, erasable = [] }) => [name, erasable] as const),
  );
  const looking = erasable.filter(([, boundaries]) => boundaries.length > 0);
  expect(Object.fromEntries(looking)).toEqual({
    'customers-on-identity-events': ['customer:'],
    'customers-on-order-events': ['customer:'],
    'customers-on-platform-events': ['customer:'],
    'customers-on-sales-events': ['customer:'],
    'identity-on-identity-events': ['user:'],
    'notifications-on-identity-events': ['recipient:'],
    'notifications-on-notification-events': ['recipient:'],
    'notifications-on-order-events': ['recipient:'],
    'notifications-on-platform-events': ['recipient:'],
    'notifications-on-sales-events': ['recipient:'],
  });
});

it('every endpoint declares its roles and its answers', () => {
  for (const { name, roles, answers } of endpoints) {
    expect([name, roles.length > 0]).toEqual([name, true]);
    expect([name, Object.keys(answers).length > 0]).toEqual([name, true]);
  }
});

it('every endpoint that takes a password or a token under an Idempotency-Key says that it takes a secret', () => {
  const secret = /password|token|secret/;
  const asked = endpoints.filter(takesIdempotencyKey).filter(({ body }) => {
    return body !== undefined && secret.test(JSON.stringify(jsonSchemaOf(body.schema, { descriptions: false })));
  });
  const names = asked.map(({ name }) => name).toSorted();
  expect(names).toEqual(['change-password', 'confirm-password-reset', 'log-out', 'register-user', 'verify-email']);
  expect(asked.filter(({ takesSecret }) => !takesSecret)).toEqual([]);
});
