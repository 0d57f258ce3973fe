import { expect, it } from 'vitest';
import { consumersOf } from '../shared/service/consumers.ts';
import { unmatchedRoute } from '../shared/service/unmatched-route.ts';
import { readSettings } from '../shared/settings.ts';
import { services } from './services.ts';

const settings = readSettings({
  KAFKA_BROKERS: '127.0.0.1:9092',
  COSMOS_ENDPOINT: 'http://127.0.0.1:8081',
  COSMOS_KEY: 'key',
  SIGNING_KEYS_FILE: 'keys.json',
  ORDER_STOCK_CHECK: 'strict',
});
const endpoints = services.flatMap((service) => service.endpoints);

/** Whether some path fits both: a parameter takes anything, save what its constraint speaks against. */
function overlap(one: string, other: string): boolean {
  const [first, second] = [one.split('/'), other.split('/')];
  if (first.length !== second.length) return false;
  return first.every((part, index) => partsOverlap(part, second[index] ?? ''));
}

function partsOverlap(one: string, other: string): boolean {
  const isFor = (pattern: string, part: string) =>
    pattern.startsWith('{') && (part.startsWith('{') || !pattern.endsWith(':guid}'));
  return one === other || isFor(one, other) || isFor(other, one);
}

it('no two routes overlap: the host orders those by function name, which nobody means', () => {
  const clashes = endpoints.flatMap((one, index) =>
    endpoints
      .slice(index + 1)
      .filter((other) => one.method === other.method && overlap(one.route, other.route))
      .map((other) => `${one.method} ${one.route} and ${other.route}`),
  );
  expect(clashes).toEqual([]);
});

it('the route for what no route takes is tried last: it overlaps with all others', () => {
  const last = unmatchedRoute([], settings).name.toUpperCase();
  const earlier = [...endpoints.map(({ name }) => name), 'health', 'jwks', 'metrics'].map((name) => name.toUpperCase());
  expect(earlier.filter((name) => name >= last)).toEqual([]);
});

it('every function has a name of its own that the host takes', () => {
  const names = [
    ...endpoints.map(({ name }) => name),
    ...services.flatMap((service) => consumersOf(service, settings).map(({ name }) => name)),
  ];
  expect(names.filter((name) => !/^[a-z][a-z0-9_-]*$/.test(name))).toEqual([]);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it('every consumer group has a name that Event Hubs takes: at most fifty characters', () => {
  const names = services.flatMap((service) => consumersOf(service, settings).map(({ name }) => name));
  expect(names.filter((name) => name.length > 50)).toEqual([]);
});

it('every subscriber has a name of its own: a replayed event is addressed by it', () => {
  const names = services.flatMap(({ subscribers }) => subscribers.map(({ name }) => name));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it('every endpoint says who may call it, and what it answers', () => {
  for (const { name, roles, answers } of endpoints) {
    expect([name, roles.length > 0]).toEqual([name, true]);
    expect([name, Object.keys(answers).length > 0]).toEqual([name, true]);
  }
});
