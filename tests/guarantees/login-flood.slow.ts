import { expect, it } from 'vitest';
import { defaultPasswordCost } from '../../functions/identity/password/password-cost.ts';
import { inTenant, password, type Tokens } from '../rigs/clients/accounts.ts';
import { type Answer, ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { type Problem, Shop } from '../rigs/clients/shop.ts';
import { ownStack } from './own-stack.ts';

/** Of each kind: twice as many in all as there is a place for. */
const callersEach = 8;
const orders = 20;

it('orders are placed while many more log in, register and change passwords than an instance has a place for', async (context) => {
  const stack = await ownStack(context, { env: { PASSWORD_COST: defaultPasswordCost, HEAVY_WORK_QUEUE: '8' } });
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 1_000 });
  const auth = <T>(name: string, body: unknown) =>
    new ApiClient(stack.url).post<T>(`/api/v1/auth/${name}`, body, inTenant(shop.tenant));

  const answers: Answer<Problem>[] = [];
  let isOver = false;
  const keepCalling = async (call: (round: number) => Promise<Answer<Problem>>) => {
    for (let round = 0; !isOver; round += 1) answers.push(await call(round));
  };
  const callers = Array.from({ length: callersEach }, (_, caller) => `caller-${caller}`);
  const people: ApiClient[] = [];
  for (const name of callers) {
    bodyOf(await auth('register', { email: `${name}@example.com`, password }), 201);
    const tokens = bodyOf(await auth<Tokens>('login', { username: `${name}@example.com`, password }), 200);
    people.push(new ApiClient(stack.url, tokens.access_token));
  }
  const flood = [
    // Each time another address, so that none is locked.
    ...callers.map((name) =>
      keepCalling((round) => auth('login', { username: `${name}-${round}@example.com`, password: 'Wrong123' })),
    ),
    ...callers.map((name) =>
      keepCalling((round) => auth('register', { email: `${name}-${round}@example.org`, password })),
    ),
    ...people.map((person) =>
      keepCalling(() => person.post('/api/v1/users/me/password', { old_password: password, new_password: password })),
    ),
  ];

  for (let placed = 0; placed < orders; placed += 1) await shop.order({ [sku]: 1 });
  isOver = true;
  await Promise.all(flood);

  const refused = answers.filter(({ status }) => status === 429);
  expect(new Set(refused.map(({ body: { type } }) => type))).toEqual(new Set(['/problems/too-busy']));
  for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  const served = answers.filter(({ status }) => status !== 429).map(({ status }) => status);
  expect(new Set(served)).toEqual(new Set([201, 204, 401]));
});
