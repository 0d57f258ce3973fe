import { describe, expect, it } from 'vitest';
import { Shop } from '../rigs/clients/shop.ts';
import { allTimedOut, expireSome, quickExpiry } from './expired-orders.ts';
import { ownStack } from './own-stack.ts';

describe('an unresponsive bus', () => {
  it('orders are cancelled in time although the bus never answers and a dead process left events unsent', async (test) => {
    const stack = await ownStack(test, { busFaults: true, env: quickExpiry });
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
