import { randomUUID } from 'node:crypto';
import { type Answer, type ApiClient, bodyOf, type CallOptions } from '../clients/api-client.ts';
import type { Page } from '../clients/shop.ts';

interface Payment {
  readonly method: string;
  readonly amount: number;
  readonly tendered?: number;
}

export interface Refund {
  readonly id: string;
  readonly amount: number;
  readonly tax: readonly { readonly rate: number; readonly gross: number; readonly tax: number }[];
  readonly rounding: number;
  readonly payments: readonly Payment[];
}

export interface Sale {
  readonly id: string;
  readonly sessionId: string;
  readonly status: string;
  readonly businessDay: string;
  readonly lines: readonly {
    readonly line: number;
    readonly itemId: string;
    readonly quantity: number;
    readonly unitPrice: number;
    readonly taxRate: number;
    readonly amount: number;
    readonly refunded: number;
  }[];
  readonly totalAmount: number;
  readonly net: number;
  readonly taxes: readonly { readonly rate: number; readonly gross: number; readonly tax: number }[];
  readonly rounding: number;
  readonly payments: readonly Payment[];
  readonly change: number;
  readonly receiptNumber?: string;
  readonly flags: readonly string[];
  readonly isRefunded: boolean;
  readonly refunds: readonly Refund[];
  readonly customerId?: string;
  readonly soldAt: string;
  readonly revision?: number;
  readonly reasonCode?: string;
  readonly version: number;
}

/** What a sale says of how it is paid, and of where: `cash(37.47, 50)`. */
export const cash = (amount: number, tendered?: number): Payment => ({
  method: 'cash',
  amount,
  ...(tendered === undefined ? {} : { tendered }),
});
export const card = (amount: number): Payment => ({ method: 'card', amount });

/** The counter of a shop, as somebody behind it sees it. */
export class Counter {
  readonly api: ApiClient;
  readonly path: string;

  constructor(api: ApiClient, shopPath: string) {
    this.api = api;
    this.path = `${shopPath}/sales`;
  }

  /** Says a sale, whatever the answer. */
  say<T = Sale>(sale: object, saleId: string = randomUUID(), options?: CallOptions): Promise<Answer<T>> {
    return this.api.put<T>(`${this.path}/${saleId}`, sale, options);
  }

  /** A sale that is new. */
  async sell(sale: object, saleId?: string): Promise<Sale> {
    return bodyOf(await this.say(sale, saleId), 201);
  }

  cancel<T = Sale>(saleId: string, reasonCode = 'mistake'): Promise<Answer<T>> {
    return this.api.post<T>(`${this.path}/${saleId}/cancel`, { reasonCode });
  }

  /** Takes pieces back, by the numbers of their lines. */
  takeBack<T = Refund>(
    { id, sessionId }: Pick<Sale, 'id' | 'sessionId'>,
    pieces: Readonly<Record<number, number>>,
    payments: readonly Payment[],
    besides: object = {},
  ): Promise<Answer<T>> {
    const lines = Object.entries(pieces).map(([line, quantity]) => ({ line: Number(line), quantity }));
    const said = { refundId: randomUUID(), sessionId, lines, payments, reasonCode: 'changed-mind', ...besides };
    return this.api.post<T>(`${this.path}/${id}/refunds`, said);
  }

  async sale(saleId: string): Promise<Sale> {
    return bodyOf(await this.api.get<Sale>(`${this.path}/${saleId}`), 200);
  }

  async sales(query = ''): Promise<readonly Sale[]> {
    return bodyOf(await this.api.get<Page<Sale>>(`${this.path}${query}`), 200).items;
  }
}
