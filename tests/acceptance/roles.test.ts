import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiClient } from '../rigs/clients/api-client.ts';
import { type RoleName, roleNames, rolePairs } from '../rigs/clients/role-names.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { sharedStack } from './open-shop.ts';

/**
 * Who may call what, typed from the table of the domain and not from the code. `admin` passes everywhere; `any` is every
 * token that has a role.
 */
const table: Readonly<Record<string, readonly RoleName[] | 'any' | 'public'>> = {
  'POST /api/v1/orders': ['customer', 'sales'],
  'GET /api/v1/orders': ['customer', 'sales', 'manager'],
  'GET /api/v1/orders/{id}': ['customer', 'sales', 'manager'],
  'GET /api/v1/customers/{id}/orders': ['customer', 'sales', 'manager'],
  'PATCH /api/v1/orders/{id}': ['customer', 'sales'],
  'POST /api/v1/orders/{id}/cancel': ['customer', 'sales'],
  'POST /api/v1/orders/{id}/ship': ['logistics'],
  'POST /api/v1/orders/{id}/deliver': ['logistics'],
  'POST /api/v1/customers': ['sales', 'manager'],
  'POST /api/v1/customers/search': ['sales', 'manager'],
  'GET /api/v1/customers/{id}': ['customer', 'sales', 'manager'],
  'PATCH /api/v1/customers/{id}': ['customer', 'sales', 'manager'],
  'DELETE /api/v1/customers/{id}': ['manager'],
  'POST /api/v1/customers/{id}/block': ['manager'],
  'POST /api/v1/customers/{id}/unblock': ['manager'],
  'POST /api/v1/customers/{id}/interactions': ['sales', 'manager'],
  'GET /api/v1/customers/{id}/interactions': ['sales', 'manager'],
  'POST /api/v1/customers/{id}/interactions/{interactionId}/followed-up': ['sales', 'manager'],
  'GET /api/v1/follow-ups': ['sales', 'manager'],
  'PUT /api/v1/customers/{id}/consents/{purpose}': ['customer', 'sales'],
  'GET /api/v1/customers/{id}/export': ['customer', 'manager'],
  'GET /api/v1/inventory': ['sales', 'warehouse', 'manager'],
  'GET /api/v1/low-stock': ['sales', 'warehouse', 'purchasing', 'manager'],
  'GET /api/v1/inventory/{itemId}': ['sales', 'warehouse', 'manager'],
  'POST /api/v1/inventory/{itemId}/receive': ['warehouse'],
  'POST /api/v1/inventory/{itemId}/adjust': ['warehouse'],
  'PUT /api/v1/inventory/{itemId}/reorder-point': ['warehouse'],
  'GET /api/v1/reservations/{orderId}': ['sales', 'warehouse'],
  'POST /api/v1/products': ['manager'],
  'GET /api/v1/products': 'any',
  'GET /api/v1/products/{id}': 'any',
  'PATCH /api/v1/products/{id}': ['manager'],
  'DELETE /api/v1/products/{id}': ['manager'],
  'POST /api/v1/products/import': ['manager'],
  'POST /api/v1/shops': ['manager'],
  'GET /api/v1/shops': ['sales', 'warehouse', 'manager'],
  'GET /api/v1/shops/{shopId}': ['sales', 'warehouse', 'manager'],
  'PATCH /api/v1/shops/{shopId}': ['manager'],
  'POST /api/v1/shops/{shopId}/close': ['manager'],
  'PUT /api/v1/shops/{shopId}/sessions/{sessionId}': ['sales', 'manager'],
  'GET /api/v1/shops/{shopId}/sessions/{sessionId}': ['sales', 'manager', 'auditor'],
  'PUT /api/v1/shops/{shopId}/sessions/{sessionId}/cash-movements/{movementId}': ['sales', 'manager'],
  'POST /api/v1/shops/{shopId}/sessions/{sessionId}/close': ['sales', 'manager'],
  'GET /api/v1/shops/{shopId}/sessions': ['sales', 'manager', 'auditor'],
  'GET /api/v1/shops/{shopId}/daily-totals': ['sales', 'manager', 'auditor'],
  'PUT /api/v1/shops/{shopId}/sales/{saleId}': ['sales', 'manager'],
  'GET /api/v1/shops/{shopId}/sales/{saleId}': ['sales', 'manager'],
  'POST /api/v1/shops/{shopId}/sales/{saleId}/cancel': ['sales', 'manager'],
  'POST /api/v1/shops/{shopId}/sales/{saleId}/refunds': ['sales', 'manager'],
  'GET /api/v1/shops/{shopId}/sales': ['sales', 'manager'],
  'GET /api/v1/customers/{id}/purchases': ['customer', 'sales', 'manager'],
  'POST /api/v1/campaigns': ['manager'],
  'GET /api/v1/campaigns/{id}': ['manager'],
  'GET /api/v1/notifications': 'any',
  'POST /api/v1/notifications/{id}/read': 'any',
  'GET /api/v1/settings': [
    'manager',
    'sales',
    'warehouse',
    'purchasing',
    'logistics',
    'hr',
    'payroll',
    'auditor',
    'operator',
  ],
  'PATCH /api/v1/settings': ['admin'],
  'GET /api/v1/settings/history': ['auditor'],
  'GET /api/v1/notifications/preferences': 'any',
  'PUT /api/v1/notifications/preferences': 'any',
  'GET /api/v1/deliveries': ['operator', 'manager'],
  'POST /api/v1/deliveries/{id}/retry': ['operator'],
  'POST /api/v1/channels/{provider}/reports/{secret}': 'public',
  'GET /api/v1/dead-letters': ['operator'],
  'GET /api/v1/dead-letters/{id}': ['operator'],
  'GET /api/v1/dead-letters/{id}/bytes': ['operator'],
  'PATCH /api/v1/dead-letters/{id}': ['operator'],
  'POST /api/v1/dead-letters/{id}/replay': ['operator'],
  'POST /api/v1/dead-letters/{id}/discard': ['operator'],
  'POST /api/v1/dead-letters/replay': ['operator'],
  'GET /api/v1/lag': ['operator'],
  'GET /api/v1/replays': ['operator'],
  'GET /api/v1/replays/{id}': ['operator'],
  'POST /api/v1/replays': ['operator'],
  'POST /api/v1/replays/{id}/stop': ['operator'],
  'POST /api/v1/replays/{id}/resume': ['operator'],
  'POST /api/v1/auth/register': 'public',
  'POST /api/v1/auth/login': 'public',
  'POST /api/v1/auth/refresh': 'public',
  'POST /api/v1/auth/logout': 'public',
  'POST /api/v1/auth/password-reset': 'public',
  'POST /api/v1/auth/password-reset/confirm': 'public',
  'POST /api/v1/auth/verify-email': 'public',
  'GET /account': 'public',
  'POST /api/v1/users/me/verification': 'any',
  'GET /api/v1/users/me': 'any',
  'PATCH /api/v1/users/me': 'any',
  'POST /api/v1/users/me/addresses': 'any',
  'DELETE /api/v1/users/me/addresses/{id}': 'any',
  'POST /api/v1/users/me/password': 'any',
  'GET /api/v1/users/me/sessions': 'any',
  'DELETE /api/v1/users/me/sessions': 'any',
  'DELETE /api/v1/users/me/sessions/{sessionId}': 'any',
  'GET /api/v1/users': ['admin'],
  'GET /api/v1/users/{id}': ['admin'],
  'PUT /api/v1/users/{id}/roles': ['admin'],
  'POST /api/v1/users/{id}/activate': ['admin'],
  'POST /api/v1/users/{id}/deactivate': ['admin'],
  'GET /api/v1/users/{id}/sessions': ['admin'],
  'DELETE /api/v1/users/{id}/sessions': ['admin'],
  'DELETE /api/v1/users/{id}': ['admin'],
  'GET /health': 'public',
  'GET /health/{part}': 'public',
  // From the machine that it runs on without a token: so the test calls from elsewhere.
  'GET /metrics': ['operator'],
  'GET /openapi.json': 'public',
  'GET /docs': 'public',
  'GET /docs/{file}': 'public',
  'GET /.well-known/jwks.json': 'public',
};

const anyId = '01890000-0000-7000-8000-000000000000';
const headers = { 'x-forwarded-for': '203.0.113.7' };
const stack = sharedStack();

describe('the table of routes', () => {
  it('the table of routes has every route that is served, and no other', async () => {
    const { body } = await new ApiClient(stack.url).get('/openapi.json');
    const { paths } = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) }).parse(body);
    const served = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const where = 'write who may call a route into the table of tests/acceptance/roles.test.ts';
    expect(served.toSorted(), where).toEqual(Object.keys(table).toSorted());
  });
});

describe('roles', () => {
  const callers = new Map<string, ApiClient>();
  beforeAll(async () => {
    // Of `main`: what is of all tenants is shown to no other.
    const shop = new Shop(sharedStack(), 'main');
    callers.set('nobody', new ApiClient(stack.url));
    callers.set('no role', await shop.as([]));
    for (const role of roleNames) callers.set(role, await shop.as(role));
    for (const pair of rolePairs) callers.set(pair.join('+'), await shop.as(pair));
  });

  /** A request that comes through is refused for something else, or for nothing. */
  it.each(
    Object.entries(table),
  )('each role, and each two of them, may %s only if the table says so: %j', async (route, allowed) => {
    const [method = '', path = ''] = route.split(' ');
    // A customer's orders are asked for by that customer: those of another are none of their business.
    const target = path.replace('customers/{id}', 'customers/tester').replaceAll(/\{\w+\}/g, anyId);
    const refused: string[] = [];
    for (const [who, api] of callers) {
      const { status, body } = await api.call<{ type?: string } | undefined>(method, target, undefined, { headers });
      const gate = [`401 /problems/no-token`, '403 /problems/forbidden'].find(
        (one) => one === `${status} ${body?.type}`,
      );
      if (gate !== undefined) refused.push(`${who} ${status}`);
    }
    const isRefused = (role: RoleName) => role !== 'admin' && allowed !== 'any' && !allowed.includes(role);
    const refusedRoles = [
      ...roleNames.filter(isRefused),
      ...rolePairs.filter((pair) => pair.every(isRefused)).map((pair) => pair.join('+')),
    ];
    const expected = ['nobody 401', 'no role 403', ...refusedRoles.map((role) => `${role} 403`)];
    expect(refused.toSorted()).toEqual(allowed === 'public' ? [] : expected.toSorted());
  });
});
