import { randomUUID } from 'node:crypto';
import type { StackConnection, TokenOptions } from '../stack/connect-stack.ts';
import { eventually } from '../stack/eventually.ts';
import { type Answer, type ApiClient, bodyOf, type CallOptions } from './api-client.ts';
import { whenThereIsRoom } from './when-there-is-room.ts';

export interface Product {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: number;
  readonly quantity: number;
  readonly status: string;
  readonly version: number;
}

export interface ProductWish {
  readonly name?: string;
  readonly description?: string;
  readonly category?: string;
  readonly sku?: string;
  readonly price?: number;
  readonly quantity?: number;
}

export interface Stock {
  readonly itemId: string;
  readonly location: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
}

export interface Order {
  readonly id: string;
  readonly customerId: string;
  readonly status: string;
  readonly items: readonly { readonly itemId: string; readonly quantity: number; readonly unitPrice: number }[];
  readonly totalAmount: number;
  readonly location: string;
  readonly placedAt: string;
  readonly reason?: string;
  readonly version: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly continuation?: string;
}

export interface Problem {
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly instance: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

type Roles = Parameters<StackConnection['as']>[0];

/** A tenant of its own: nobody else's orders, stock or notifications are in sight. */
export class Shop {
  readonly tenant: string;
  readonly #stack: Pick<StackConnection, 'as'>;

  constructor(stack: Pick<StackConnection, 'as'>, tenant = `t-${randomUUID()}`) {
    this.#stack = stack;
    this.tenant = tenant;
  }

  /** The API for somebody of this tenant, by default for one who may do everything. */
  as(roles: Roles = 'admin', options: Omit<TokenOptions, 'tenant'> = {}): Promise<ApiClient> {
    return this.#stack.as(roles, { ...options, tenant: this.tenant });
  }

  /** A product that can be ordered: its stock is there and its price is known. */
  async sell(wish: ProductWish = {}): Promise<Product> {
    const api = await this.as();
    const made = await api.post<Product>('/api/v1/products', { name: 'Thing', price: 10, quantity: 100, ...wish });
    const product = bodyOf(made, 201);
    await eventually(() => this.stock(product.sku));
    await eventually(async () => {
      // An order with a wrong total is always refused; how it is refused tells whether the price is known.
      const totalAmount = product.price + 1;
      const { body } = await api.post<Problem>('/api/v1/orders', orderOf({ [product.sku]: 1 }, { totalAmount }));
      if (body.type !== '/problems/total-mismatch') throw new Error(`no price yet: ${JSON.stringify(body)}`);
    });
    return product;
  }

  /** Orders quantities by SKU, as soon as there is room. */
  async order(
    lines: Readonly<Record<string, number>>,
    more: OrderDetails = {},
    options: CallOptions = {},
  ): Promise<Order> {
    return bodyOf(await whenThereIsRoom(() => this.tryOrder(lines, more, options)), 201);
  }

  /** The same, whatever the answer. */
  async tryOrder(
    lines: Readonly<Record<string, number>>,
    more: OrderDetails = {},
    options: CallOptions = {},
  ): Promise<Answer<Order>> {
    return (await this.as()).post<Order>('/api/v1/orders', orderOf(lines, more), options);
  }

  async orderNow(id: string): Promise<Order> {
    return bodyOf(await (await this.as()).get<Order>(`/api/v1/orders/${id}`), 200);
  }

  /** The order once it is no longer pending. */
  decided(id: string, withinMs?: number): Promise<Order> {
    return eventually(async () => {
      const order = await this.orderNow(id);
      if (order.status === 'pending') throw new Error(`order ${id} is still pending`);
      return order;
    }, withinMs);
  }

  async stock(sku: string, location = 'main'): Promise<Stock> {
    return bodyOf(await (await this.as()).get<Stock>(`/api/v1/inventory/${sku}?location=${location}`), 200);
  }

  /** Every page of a list, in one. */
  async all<Item>(path: string): Promise<readonly Item[]> {
    const api = await this.as();
    const items: Item[] = [];
    const list = `${path}${path.includes('?') ? '&' : '?'}limit=100`;
    let continuation = '';
    do {
      const page = bodyOf(await api.get<Page<Item>>(`${list}${continuation}`), 200);
      items.push(...page.items);
      continuation = page.continuation === undefined ? '' : `&continuation=${page.continuation}`;
    } while (continuation !== '');
    return items;
  }
}

export interface OrderDetails {
  readonly customerId?: string;
  readonly totalAmount?: number;
  readonly location?: string;
}

/** The body of an order. */
export function orderOf(lines: Readonly<Record<string, number>>, more: OrderDetails = {}) {
  const items = Object.entries(lines).map(([itemId, quantity]) => ({ itemId, quantity }));
  return { customerId: 'somebody', items, ...more };
}
