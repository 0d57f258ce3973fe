import { type Answer, bodyOf } from '../../tests/rigs/clients/api-client.ts';
import type { Order, Page, Stock } from '../../tests/rigs/clients/shop.ts';
import { eventually } from '../../tests/rigs/stack/eventually.ts';
import { type StartOptions, startStack, type TestStack } from '../../tests/rigs/stack/start-stack.ts';
import { running } from '../running.ts';
import { type Confirmations, watchConfirmations } from './confirmations.ts';

/** A stack with twenty products at one location, of which there is more than anybody orders. */
export interface Shop extends AsyncDisposable {
  readonly stack: TestStack;
  readonly skus: readonly string[];
  /** May order and see stock. */
  readonly token: string;
  readonly confirmations: Confirmations;
  /** How many pieces of each item its stock says are held for orders. */
  reserved(): Promise<ReadonlyMap<string, number>>;
  /** The orders that were placed while the shop was opened; they are confirmed. */
  readonly firstOrders: readonly Order[];
}

const itemCount = 20;
const quantity = 1_000_000;

/**
 * The product's own pace of sweeping; locally it is faster, so that nobody waits for what a crash has left. And no mails, which the
 * figures of orders never had, nor what they are compared with: mails have a figure of their own.
 */
const settings = { SWEEP_SCHEDULE: '*/5 * * * * *', MAIL_PROVIDER: 'none' };

/** What one order of the bench says: one piece of one item. */
export function orderBody(sku: string) {
  return { customerId: 'CUST-BENCH', items: [{ itemId: sku, quantity: 1 }] };
}

/** Starts a stack (by default with Lagerhaus, on the embedded broker), and opens it for orders. */
export async function openShop({ env, ...options }: Pick<StartOptions, 'env' | 'bus'> = {}): Promise<Shop> {
  const stack = await startStack({ ...options, env: { ...settings, ...env } });
  const started = running(() => stack.stop());
  try {
    const confirmations = await watchConfirmations(stack.kafka);
    const api = await stack.as('admin');
    const skus = Array.from({ length: itemCount }, (_, index) => `BENCH-${index + 1}`);
    for (const sku of skus) bodyOf(await api.post('/api/v1/products', { sku, name: sku, price: 10, quantity }), 201);
    const stock = async () => bodyOf(await api.get<Page<Stock>>('/api/v1/inventory?limit=100'), 200).items;
    await eventually(async () => {
      if ((await stock()).length < itemCount) throw new Error('there is not yet stock of every item');
    });
    // An order that is taken shows that its price is known, too.
    const order = async (sku: string): Promise<Order> => {
      const answer: Answer<Order> = await api.post('/api/v1/orders', orderBody(sku));
      return bodyOf(answer, 201);
    };
    const firstOrders = await Promise.all(skus.map((sku) => eventually(() => order(sku))));
    await confirmations.settled(
      firstOrders.map(({ id }) => id),
      10_000,
    );
    return {
      stack,
      skus,
      token: await stack.token('admin'),
      confirmations,
      firstOrders,
      reserved: async () => new Map((await stock()).map(({ itemId, reserved }) => [itemId, reserved])),
      async [Symbol.asyncDispose]() {
        await confirmations[Symbol.asyncDispose]();
        await started[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await started[Symbol.asyncDispose]();
    throw error;
  }
}
