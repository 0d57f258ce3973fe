import { expect } from 'vitest';
import { type ApiClient, bodyOf } from '../clients/api-client.ts';
import type { Problem, Product, Shop } from '../clients/shop.ts';
import { eventually } from '../stack/eventually.ts';
import { Counter, cash } from './counter.ts';
import { Tills } from './tills.ts';

/** A till that is open, and who is behind it. */
interface OpenTill {
  readonly shopId: string;
  readonly tills: Tills;
  readonly counter: Counter;
  readonly sessionId: string;
}

const priceList = { TEA: 9.99, MILK: 2.5, BAG: 28.9, CUP: 12.9 };

/** The shops of a tenant that sells tea: whoever works there sees them over HTTP. */
export class ShopFloor {
  readonly tenant: Shop;
  readonly manager: ApiClient;
  readonly clerk: ApiClient;
  #shared: Promise<OpenTill> | undefined;

  private constructor(tenant: Shop, manager: ApiClient, clerk: ApiClient) {
    this.tenant = tenant;
    this.manager = manager;
    this.clerk = clerk;
  }

  /** Settles once the prices of what is sold are known at the tills. */
  static async of(tenant: Shop): Promise<ShopFloor> {
    const floor = new ShopFloor(tenant, await tenant.as('manager'), await tenant.as('sales'));
    for (const [sku, price] of Object.entries(priceList)) await floor.product(sku, price);
    const till = await floor.shared();
    await Promise.all(Object.keys(priceList).map((sku) => floor.known(till, sku)));
    return floor;
  }

  /** A shop in Berlin. */
  async openedShop(besides: object = {}): Promise<Omit<OpenTill, 'sessionId'>> {
    const { shopId, path } = await Tills.of(this.manager, besides);
    return { shopId, tills: new Tills(this.clerk, shopId), counter: new Counter(this.clerk, path) };
  }

  /** The same with a till that is open, and 100.00 in its drawer. */
  async atTheCounter(besides: object = {}): Promise<OpenTill> {
    const shop = await this.openedShop(besides);
    const { id: sessionId } = await shop.tills.open(100);
    return { ...shop, sessionId };
  }

  /** One for tests that look at what they sold alone. */
  shared(): Promise<OpenTill> {
    this.#shared ??= this.atTheCounter();
    return this.#shared;
  }

  async product(sku: string, price: number): Promise<Product> {
    const admin = await this.tenant.as();
    return bodyOf(await admin.post<Product>('/api/v1/products', { name: sku, sku, price }), 201);
  }

  /** Waits until a price is known. A sale with a wrong total is always refused; how it is refused tells. */
  async known({ counter, sessionId }: Pick<OpenTill, 'counter' | 'sessionId'>, itemId: string): Promise<void> {
    await eventually(async () => {
      const { body } = await counter.say<Problem>({ sessionId, lines: [{ itemId, quantity: 1 }], totalAmount: 0 });
      expect(body).toEqual(problem('total-mismatch'));
    });
  }

  async receive(itemId: string, quantity: number, location: string): Promise<void> {
    const admin = await this.tenant.as();
    bodyOf(await admin.post(`/api/v1/inventory/${itemId}/receive`, { quantity, location }), 200);
  }
}

/** Three TEA and three MILK for 37.47, paid with a note of 50.00. */
export function saleA(sessionId: string) {
  const lines = [
    { itemId: 'TEA', quantity: 3 },
    { itemId: 'MILK', quantity: 3, tax: 'reduced' },
  ];
  return { sessionId, lines, payments: [cash(37.47, 50)] };
}

/** A body that is this problem. */
export const problem = (code: string) => expect.objectContaining({ type: `/problems/${code}` });
