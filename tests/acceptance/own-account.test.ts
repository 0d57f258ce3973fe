import { describe, expect, it } from 'vitest';
import type { User } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import type { Problem } from '../rigs/clients/shop.ts';
import { identityBench } from './identity-bench.ts';

const me = '/api/v1/users/me';
const home = { line1: '1 Main Street', city: 'Springfield', postal_code: '12345', country: 'US' };

describe('the own account', () => {
  it('users can change each field of their profile, and remove it', async () => {
    const { api, user } = await identityBench().somebody();
    const named = bodyOf(await api.patch<User>(me, { first_name: 'Ann', phone: '555' }), 200);
    expect(named).toEqual({ ...user, first_name: 'Ann', phone: '555' });
    expect(bodyOf(await api.patch<User>(me, { phone: null }), 200)).toEqual({ ...user, first_name: 'Ann' });
    expect(bodyOf(await api.get<User>(me), 200)).toEqual({ ...user, first_name: 'Ann' });
  });

  it('a change of the own profile with a stale version is refused', async () => {
    const { api } = await identityBench().somebody();
    const { headers } = await api.get(me);
    const ifMatch = { headers: { 'if-match': headers.get('etag') ?? '' } };
    expect((await api.patch(me, { first_name: 'Ann' }, ifMatch)).status).toBe(200);
    const { status, body } = await api.patch<Problem>(me, { first_name: 'Bob' }, ifMatch);
    expect([status, body.type]).toEqual([412, '/problems/precondition-failed']);
  });

  it.each([
    {},
    { email: 'other@example.com' },
    { roles: ['admin'] },
    { is_active: true },
    { first_name: '' },
  ])('a change of the own profile by %j is refused', async (change) => {
    const { api } = await identityBench().somebody();
    expect((await api.patch(me, change)).status).toBe(422);
  });

  it('users can store postal addresses, and remove them', async () => {
    const { api, user } = await identityBench().somebody();
    const added = await api.post<{ id: string }>(`${me}/addresses`, home);
    expect([added.status, added.body]).toEqual([201, { id: expect.any(String), ...home }]);
    expect(added.headers.get('location')).toBe(`${me}/addresses/${added.body.id}`);
    expect((await api.get<User>(me)).body.addresses).toEqual([added.body]);
    expect((await api.delete(`${me}/addresses/${user.id}`)).status).toBe(404);
    expect((await api.delete(`${me}/addresses/${added.body.id}`)).status).toBe(204);
    expect((await api.get<User>(me)).body).toEqual(user);
    expect((await api.post(`${me}/addresses`, { ...home, country: 'us' })).status).toBe(422);
  });

  it('a user can have at most twenty addresses', async () => {
    const { api } = await identityBench().somebody();
    for (let count = 0; count < 20; count += 1) bodyOf(await api.post(`${me}/addresses`, home), 201);
    const { status, body } = await api.post<Problem>(`${me}/addresses`, home);
    expect([status, body.type]).toEqual([409, '/problems/too-many-addresses']);
  });

  it('the own account needs a token', async () => {
    const api = new ApiClient(identityBench().url);
    expect((await api.get(me)).status).toBe(401);
    expect((await api.patch(me, { phone: '1' })).status).toBe(401);
  });
});
