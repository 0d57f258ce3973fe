import { randomUUID } from 'node:crypto';
import { ApiClient, bodyOf } from '../../rigs/clients/api-client.ts';
import { writeToBus } from '../../rigs/clients/bus-writer.ts';
import { DeadLetterDesk } from '../../rigs/clients/dead-letter-desk.ts';
import { linkToken } from '../../rigs/clients/link-token.ts';
import { productCreated } from '../../rigs/clients/made-up-events.ts';
import { type Page, Shop } from '../../rigs/clients/shop.ts';
import type { StackConnection } from '../../rigs/stack/connect-stack.ts';
import { eventually } from '../../rigs/stack/eventually.ts';
import type { CallParts } from './call.ts';

/** Makes a request that an operation does, on things of its own. */
export type Recipe = (scene: Scene) => CallParts | Promise<CallParts>;

/** The password of everybody who is registered. */
export const password = 'Admin123';

/** A shop that sells something, and what a request may need besides. */
export class Scene {
  readonly shop: Shop;
  readonly sku: string;
  readonly productId: string;
  readonly admin: string;
  readonly #stack: StackConnection;

  private constructor(
    stack: StackConnection,
    shop: Shop,
    product: { readonly sku: string; readonly id: string },
    admin: string,
  ) {
    this.#stack = stack;
    this.shop = shop;
    this.sku = product.sku;
    this.productId = product.id;
    this.admin = admin;
  }

  static async set(stack: StackConnection): Promise<Scene> {
    const shop = new Shop(stack);
    return new Scene(stack, shop, await shop.sell(), await stack.token('admin', { tenant: shop.tenant }));
  }

  /** A token of an admin of a tenant that has nothing. */
  elsewhere(): Promise<string> {
    return this.#stack.token('admin', { tenant: new Shop(this.#stack).tenant });
  }

  /** A token of an admin of the tenant that sees what is of all. */
  ofMain(): Promise<string> {
    return this.#stack.token('admin');
  }

  get url(): string {
    return this.#stack.url;
  }

  /** What the newest mail with a link for this carries. */
  linkToken(userId: string, purpose: 'password-reset' | 'email-verification'): Promise<string> {
    return linkToken(this.#stack, { tenant: this.shop.tenant, userId, purpose });
  }

  /** The id of an order that is confirmed. */
  async order(): Promise<string> {
    const { id } = await this.shop.order({ [this.sku]: 1 });
    await this.shop.decided(id);
    return id;
  }

  /** Somebody who is registered and logged in. */
  async user() {
    const email = `${randomUUID()}@example.com`;
    const headers = { 'x-tenant': this.shop.tenant };
    const api = await this.shop.as();
    const { id } = bodyOf(
      await api.post<{ id: string }>('/api/v1/auth/register', { email, password }, { headers }),
      201,
    );
    const login = await api.post<{ access_token: string; refresh_token: string }>(
      '/api/v1/auth/login',
      { username: email, password },
      { headers },
    );
    const { access_token: token, refresh_token } = bodyOf(login, 200);
    return { id, email, token, refresh_token, headers };
  }

  /** The id of a notification that nobody has read, and the token of its recipient. */
  async notification(): Promise<{ readonly id: string; readonly token: string }> {
    const { token } = await this.user();
    const api = new ApiClient(this.url, token);
    return eventually(async () => {
      const list = await api.get<{ items: readonly { id: string }[] }>('/api/v1/notifications');
      const [welcome] = bodyOf(list, 200).items;
      if (welcome === undefined) throw new Error('whoever has registered was told nothing yet');
      return { id: welcome.id, token };
    });
  }

  /** The id of a delivery that has failed, since nobody knows an address of its recipient. */
  async failedDelivery(): Promise<string> {
    await this.order();
    const manager = await this.shop.as('manager');
    return eventually(async () => {
      const list = await manager.get<Page<{ readonly id: string }>>(
        '/api/v1/deliveries?recipient=somebody&status=failed',
      );
      const [failed] = bodyOf(list, 200).items;
      if (failed === undefined) throw new Error('no delivery has failed yet');
      return failed.id;
    });
  }

  /** A dead letter, with data that would do. */
  async deadLetter(): Promise<{ readonly id: string; readonly data: object }> {
    const sku = `BROKEN-${randomUUID()}`;
    await using writer = await writeToBus(this.#stack.kafka);
    await writer.send('catalog-events', [productCreated(this.shop, sku, { quantity: -5 })]);
    const desk = await DeadLetterDesk.of(this.shop);
    return await eventually(async () => {
      const { items } = bodyOf(await desk.list('?subscriber=create-stock&status=parked'), 200);
      for (const { id } of items) {
        const { event } = bodyOf(await desk.read(id), 200);
        if (event?.data.sku === sku) return { id, data: { ...event.data, quantity: 5 } };
      }
      throw new Error(`there is no dead letter of ${sku} yet`);
    });
  }
}
