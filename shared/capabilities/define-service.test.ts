import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { consumersOf } from '../app/consumers-of.ts';
import { StockReserved } from '../events/contracts/inventory.ts';
import { OrderCancelled, OrderCreated } from '../events/contracts/orders.ts';
import { ok } from '../http/answer.ts';
import type { ProblemTable } from '../http/problems/problem-table.ts';
import { readSettings } from '../settings/settings.ts';
import { defineService } from './define-service.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { subscriber } from './subscriber.ts';

const settings = readSettings([], {
  KAFKA_BROKERS: 'one:9092',
  KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT',
  COSMOS_ENDPOINT: 'https://account.documents.azure.com',
  COSMOS_KEY: 'a2V5',
  SIGNING_KEYS_FILE: '/keys.json',
});

const on = <E extends Parameters<typeof subscriber>[0]['on']>(name: string, events: E) =>
  subscriber({ name, on: events, once: 'by-document', boundary: () => 'b', handle: async () => undefined });
const get = (name: string, route: string) =>
  endpoint({
    name,
    summary: name,
    method: 'GET',
    route,
    roles: 'public',
    answers: { 200: z.object({}) },
    handle: async () => ok({}),
  });

describe('a service definition', () => {
  it('a service definition sorts its capabilities into endpoints and subscribers', () => {
    const service = defineService({
      name: 'orders',
      summary: 'Orders.',
      capabilities: [get('get-order', 'orders'), on('confirm', StockReserved)],
    });
    expect(service.endpoints.map(({ name }) => name)).toEqual(['get-order']);
    expect(service.subscribers.map(({ name }) => name)).toEqual(['confirm']);
  });

  it('a service definition refuses two capabilities of the same name', () => {
    const capabilities = [get('twin', 'a'), on('twin', OrderCreated)];
    expect(() => defineService({ name: 'orders', summary: 'Orders.', capabilities })).toThrow(
      'orders has several capabilities named twin',
    );
  });

  it('a service has one consumer per topic, so that the events of a key stay in order', () => {
    const capabilities = [on('a', OrderCreated), on('b', StockReserved), on('c', OrderCancelled)];
    const consumers = consumersOf(defineService({ name: 'x', summary: 'X.', capabilities }), settings);
    expect(consumers.map(({ name, topic, reactions }) => [name, topic, reactions.map((one) => one.name)])).toEqual([
      ['x-on-order-events', 'order-events', ['a', 'c']],
      ['x-on-inventory-events', 'inventory-events', ['b']],
    ]);
  });

  it('a subscriber to several topics is refused, because their order would be undefined', () => {
    expect(() => on('a', [OrderCreated, StockReserved])).toThrow('a listens to events of several topics');
    expect(on('a', [OrderCreated, OrderCancelled]).on).toHaveLength(2);
  });

  it('a service definition refuses problems that nobody describes, and descriptions that exist already', () => {
    const taken = { status: 409, meaning: 'it is taken', remedy: 'take another' };
    const refusing = (problems: readonly string[]) => ({ ...get('a', 'a'), problems });
    const define = (problems: ProblemTable, capability: Endpoint) =>
      defineService({ name: 'x', summary: 'X.', problems, capabilities: [capability] });
    expect(define({ taken }, refusing(['taken', 'not-found'])).problems).toEqual({ taken });
    expect(() => define({}, refusing(['not-found', 'taken']))).toThrow(
      'a refuses taken, which nobody describes: add it to the problems of x',
    );
    expect(() => define({ 'not-found': taken }, refusing([]))).toThrow(
      'x describes not-found, which shared/http/problems describes for all',
    );
  });

  it('routes are placed below /api/v1, or at the root if they begin with a slash', () => {
    expect([get('a', 'orders/{id}').route, get('b', '/health').route]).toEqual(['api/v1/orders/{id}', 'health']);
  });
});
