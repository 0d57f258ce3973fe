import { expect, it } from 'vitest';
import { password, type Tokens, type User } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { cosmosDatabase } from '../rigs/clients/cosmos-database.ts';
import { insist } from '../rigs/stack/insist.ts';
import { ownStack } from './own-stack.ts';

const email = 'ann@example.com';

it.concurrent('a crash between the claim of an address and its user is healed by registering again', async (context) => {
  const stack = await ownStack(context);
  const database = cosmosDatabase(stack.cosmos);
  context.onTestFinished(() => database.client.dispose());
  const kinds = async (kind: string) => {
    const query = { query: 'SELECT * FROM c WHERE c.kind = @kind', parameters: [{ name: '@kind', value: kind }] };
    return (await database.container('identity').items.query<{ userId: string }>(query).fetchAll()).resources;
  };
  const api = new ApiClient(stack.url);
  const register = () => api.post<User>('/api/v1/auth/register', { email, password });

  const second = { server: 'cosmos', operation: 'Batch', target: 'identity', every: 2, times: 1 } as const;
  const crash = await stack.faults.fault({ ...second, action: 'kill-functions' });
  await expect(register()).rejects.toThrow('fetch failed');
  await crash.happened();
  const [claim] = await kinds('claim');
  expect([claim, await kinds('user')]).toEqual([expect.objectContaining({ userId: expect.any(String) }), []]);

  const user = bodyOf(await insist(register), 201);
  expect(user.id).toBe(claim?.userId);
  expect((await register()).status).toBe(409);
  const tokens = bodyOf(await api.post<Tokens>('/api/v1/auth/login', { username: email, password }), 200);
  expect((await new ApiClient(stack.url, tokens.access_token).get('/api/v1/users/me')).body).toEqual(user);
}, 120_000);
