import { expect, it, type TestContext } from 'vitest';
import { password, type Tokens, type User } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { cosmosDatabase } from '../rigs/clients/cosmos-database.ts';
import { insist } from '../rigs/stack/insist.ts';
import { ownStack } from './own-stack.ts';

const email = 'ann@example.com';
/** Each test starts a stack, and all of them at once. */
const timeout = 120_000;

it.concurrent.for([
  { how: 'without a key', options: {}, batches: 2 },
  { how: 'under the same Idempotency-Key', options: { idempotencyKey: 'k' }, batches: 4 },
])(
  'a crash between the claim of an address and its user is healed by registering again $how',
  { timeout },
  async ({ options, batches }, context) => {
    const { stack, kinds } = await storeOf(context);
    const api = new ApiClient(stack.url);
    const register = () => api.post<User>('/api/v1/auth/register', { email, password }, options);

    const last = { server: 'cosmos', operation: 'Batch', target: 'identity', every: batches, times: 1 } as const;
    const crash = await stack.faults.fault({ ...last, action: 'kill-functions' });
    await expect(register()).rejects.toThrow('fetch failed');
    await crash.happened();
    const [claim] = await kinds('claim');
    expect([claim, await kinds('user')]).toEqual([expect.objectContaining({ userId: expect.any(String) }), []]);

    const user = bodyOf(await insist(register), 201);
    expect(user.id).toBe(claim?.userId);
    expect((await register()).status).toBe('idempotencyKey' in options ? 201 : 409);
    const tokens = bodyOf(await api.post<Tokens>('/api/v1/auth/login', { username: email, password }), 200);
    expect((await new ApiClient(stack.url, tokens.access_token).get('/api/v1/users/me')).body).toEqual(user);
  },
);

it.concurrent('a claim of an address whose user has another address lets nobody in, and keeps nobody from registering', {
  timeout,
}, async (context) => {
  const { stack, kinds, database } = await storeOf(context);
  const api = new ApiClient(stack.url);
  const register = (address: string) => api.post<User>('/api/v1/auth/register', { email: address, password });
  const logIn = (username: string) => api.post<Tokens>('/api/v1/auth/login', { username, password });
  const ann = bodyOf(await register(email), 201);

  // Bob's claim, as it was left where Ann and Bob had registered at once under one key.
  const alias = 'bob@example.com';
  expect((await logIn(alias)).status).toBe(401);
  const [{ boundary } = { boundary: '' }] = await kinds('guesses');
  const [claim] = await kinds('claim');
  const claimId = `claim:${boundary.slice(boundary.indexOf(':') + 1)}`;
  await database.container('identity').items.create({ ...claim, id: claimId, boundary });

  expect((await logIn(alias)).status).toBe(401);
  const bob = bodyOf(await register(alias), 201);
  expect(bob.id).not.toBe(ann.id);
  const tokens = bodyOf(await logIn(alias), 200);
  expect((await new ApiClient(stack.url, tokens.access_token).get('/api/v1/users/me')).body).toEqual(bob);
});

/** A stack of its own, and what its store holds. */
async function storeOf(context: TestContext) {
  const stack = await ownStack(context);
  const database = cosmosDatabase(stack.cosmos);
  context.onTestFinished(() => database.client.dispose());
  const kinds = async (kind: string) => {
    const query = { query: 'SELECT * FROM c WHERE c.kind = @kind', parameters: [{ name: '@kind', value: kind }] };
    return (await database.container('identity').items.query<StoredKind>(query).fetchAll()).resources;
  };
  return { stack, database, kinds };
}

interface StoredKind {
  readonly id: string;
  readonly boundary: string;
  readonly userId?: string;
}
