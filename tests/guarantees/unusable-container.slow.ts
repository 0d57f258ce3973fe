import { describe, expect, it } from 'vitest';
import type { FaultRuleInput } from '../../infra/embedded/faults/rule.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { allTimedOut, expireSome, quickExpiry } from './expired-orders.ts';
import { ownStack } from './own-stack.ts';

// Side by side, each with a stack of its own: nearly all of their time they wait for orders to expire.
describe.concurrent('an unusable container', () => {
  it.for<[string, FaultRuleInput]>([
    ['is forbidden', { server: 'cosmos', target: 'inventory', action: 'refuse', status: 403 }],
    ['is throttled', { server: 'cosmos', target: 'inventory', action: 'refuse', status: 429, retryAfterMs: 100 }],
    ['never answers', { server: 'cosmos', target: 'inventory', action: 'hold' }],
  ])('orders are cancelled in time although the container of another service %s', async ([_, rule], test) => {
    const stack = await ownStack(test, { env: quickExpiry });
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 50 });
    const trouble = await stack.faults.fault(rule);
    await trouble.happened();
    expect(await expireSome(shop, sku)).toEqual(allTimedOut);
    await trouble.clear();
  });
});
