import { randomUUID } from 'node:crypto';
import type { Answer, ApiClient } from '../clients/api-client.ts';
import { eventually } from '../stack/eventually.ts';

/** What is sold: an item, at a price in cents. */
export interface Goods {
  readonly itemId: string;
  readonly cents: number;
}

/**
 * A till as it should be: what nobody has answered it sends again, under the id that it gave. It keeps its own books, for tests to
 * compare.
 */
export class InsistentTill {
  readonly sessionId = randomUUID();
  /** The sales that were answered, with the pieces that are with the customer. */
  readonly sold = new Map<string, number>();
  readonly voided = new Set<string>();
  readonly #api: ApiClient;
  readonly #shop: string;
  readonly #register: string;
  #cents = 10_000;

  constructor(api: ApiClient, shopId: string, register: string) {
    this.#api = api;
    this.#shop = `/api/v1/shops/${shopId}`;
    this.#register = register;
  }

  /** What should be in its drawer. */
  get cash(): number {
    return this.#cents / 100;
  }

  /** How many pieces have left the shop by it. */
  get pieces(): number {
    return [...this.sold.values()].reduce((sum, pieces) => sum + pieces, 0);
  }

  async open(): Promise<void> {
    await this.#insist(() =>
      this.#api.put(this.#session(), { register: this.#register, openingCash: this.#cents / 100 }),
    );
  }

  /** Sells some pieces for cash. */
  async sell({ itemId, cents }: Goods, quantity: number): Promise<string> {
    const saleId = randomUUID();
    const payments = [{ method: 'cash', amount: (cents * quantity) / 100 }];
    const body = { sessionId: this.sessionId, lines: [{ itemId, quantity }], payments };
    await this.#insist(() => this.#api.put(`${this.#shop}/sales/${saleId}`, body));
    this.sold.set(saleId, quantity);
    this.#cents += cents * quantity;
    return saleId;
  }

  /** Takes one piece of a sale back. */
  async refund(saleId: string, { cents }: Goods): Promise<void> {
    const body = {
      refundId: randomUUID(),
      sessionId: this.sessionId,
      lines: [{ line: 1, quantity: 1 }],
      payments: [{ method: 'cash', amount: cents / 100 }],
      reasonCode: 'changed-mind',
    };
    await this.#insist(() => this.#api.post(`${this.#shop}/sales/${saleId}/refunds`, body));
    this.sold.set(saleId, (this.sold.get(saleId) ?? 0) - 1);
    this.#cents -= cents;
  }

  /** Takes a sale back as if it had not been. */
  async void(saleId: string, { cents }: Goods): Promise<void> {
    await this.#insist(() => this.#api.post(`${this.#shop}/sales/${saleId}/cancel`, { reasonCode: 'wrong-item' }));
    this.#cents -= cents * (this.sold.get(saleId) ?? 0);
    this.sold.set(saleId, 0);
    this.voided.add(saleId);
  }

  async payIn(cents: number): Promise<void> {
    const route = `${this.#session()}/cash-movements/${randomUUID()}`;
    const body = { kind: 'paid-in', amount: cents / 100, reasonCode: 'change-fetched' };
    await this.#insist(() => this.#api.put(route, body));
    this.#cents += cents;
  }

  #session(): string {
    return `${this.#shop}/sessions/${this.sessionId}`;
  }

  async #insist(request: () => Promise<Answer>): Promise<void> {
    await eventually(async () => {
      const { status, body } = await request();
      if (status !== 200 && status !== 201) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
    }, 30_000);
  }
}
