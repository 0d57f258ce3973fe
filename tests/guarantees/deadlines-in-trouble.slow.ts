import { describe, expect, it } from 'vitest';
import type { FaultRuleInput } from '../../infra/embedded/faults/rule.ts';
import { type Order, Shop } from '../rigs/clients/shop.ts';
import { ownStack } from './own-stack.ts';

const env = { ORDER_TIMEOUT: 'PT2S' };
/** Orders that nobody answers, one after the other, for longer than the sweep leaves an outbox to its own process. */
async function expireSome(shop: Shop, sku: string): Promise<readonly Order[]> {
  const expired: Order[] = [];
  for (let index = 0; index < 6; index += 1) {
    const { id } = await shop.order({ [sku]: 1 });
    expired.push(await shop.decided(id, 20_000));
  }
  return expired;
}

const allTimedOut = Array.from({ length: 6 }, () =>
  expect.objectContaining({ status: 'cancelled', reason: 'timed-out' }),
);

describe('an unresponsive bus', () => {
  it('orders are cancelled in time although the bus never answers and a dead process left events unsent', async (test) => {
    const stack = await ownStack(test, { busFaults: true, env });
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 50 });
    await stack.settled();
    const silence = await stack.faults.fault({ server: 'kafka', operation: 'Produce', action: 'hold' });
    const { id } = await shop.order({ [sku]: 1 });
    await silence.happened();
    await stack.faults.functions().kill();
    await stack.faults.functions().start();
    expect(await expireSome(shop, sku)).toEqual(allTimedOut);

    await silence.clear();
    expect((await shop.decided(id)).status).toBe('cancelled');
    await stack.settled();
    expect(await shop.stock(sku)).toMatchObject({ onHand: 50, reserved: 0 });
  });
});

describe('an unusable container', () => {
  it.for<[string, FaultRuleInput]>([
    ['is forbidden', { server: 'cosmos', target: 'inventory', action: 'refuse', status: 403 }],
    ['is throttled', { server: 'cosmos', target: 'inventory', action: 'refuse', status: 429, retryAfterMs: 100 }],
    ['never answers', { server: 'cosmos', target: 'inventory', action: 'hold' }],
  ])('orders are cancelled in time although the container of another service %s', async ([_, rule], test) => {
    const stack = await ownStack(test, { busFaults: true, env });
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 50 });
    const trouble = await stack.faults.fault(rule);
    await trouble.happened();
    expect(await expireSome(shop, sku)).toEqual(allTimedOut);
    await trouble.clear();
  });
});
