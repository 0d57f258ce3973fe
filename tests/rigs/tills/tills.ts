import { randomUUID } from 'node:crypto';
import { type Answer, type ApiClient, bodyOf } from '../clients/api-client.ts';

interface ByMethod {
  readonly cash: number;
  readonly card: number;
  readonly voucher: number;
}

export interface TillSession {
  readonly id: string;
  readonly register: string;
  readonly businessDay: string;
  readonly status: string;
  readonly openingCash: number;
  readonly leftBySessionBefore?: number;
  readonly openingDifference?: number;
  readonly explained?: ByMethod;
  readonly expected: ByMethod;
  readonly counted?: Partial<ByMethod>;
  readonly difference?: Partial<ByMethod>;
  readonly takenOut?: number;
  readonly note?: string;
  readonly receipts: number;
  readonly sales: { readonly count: number; readonly gross: number };
  readonly refunds: { readonly count: number; readonly amount: number };
  readonly voids: { readonly count: number; readonly amount: number };
  readonly rounding: number;
  readonly version: number;
}

export interface DayTotals {
  readonly day: string;
  readonly sales: { readonly count: number; readonly gross: number };
  readonly refunds: { readonly count: number; readonly amount: number };
  readonly voids: { readonly count: number; readonly amount: number };
  readonly net: number;
  readonly tax: readonly { readonly rate: number; readonly gross: number; readonly tax: number }[];
  readonly rounding: number;
  readonly payments: ByMethod;
  readonly sessions: readonly (Pick<TillSession, 'register' | 'expected' | 'counted' | 'difference' | 'status'> & {
    readonly sessionId: string;
  })[];
}

/** A shop as it is opened: with two tills and two taxes, in Berlin. */
export function shopDescription(shopId: string, besides: object = {}) {
  return {
    shopId,
    name: `Shop ${shopId}`,
    timeZone: 'Europe/Berlin',
    registers: ['1', '2'],
    taxRates: [
      { name: 'standard', percent: 19 },
      { name: 'reduced', percent: 7 },
    ],
    defaultTax: 'standard',
    cashRounding: 0.01,
    ...besides,
  };
}

/** The tills of one shop, as a client at the counter sees them. */
export class Tills {
  readonly shopId: string;
  readonly #api: ApiClient;

  constructor(api: ApiClient, shopId: string) {
    this.#api = api;
    this.shopId = shopId;
  }

  /** A shop that is opened for this. */
  static async of(api: ApiClient, besides: object = {}, shopId = `shop-${randomUUID()}`): Promise<Tills> {
    bodyOf(await api.post('/api/v1/shops', shopDescription(shopId, besides)), 201);
    return new Tills(api, shopId);
  }

  get path(): string {
    return `/api/v1/shops/${this.shopId}`;
  }

  tryOpen(opening: object, sessionId: string = randomUUID()): Promise<Answer<TillSession>> {
    return this.#api.put(`${this.path}/sessions/${sessionId}`, opening);
  }

  /** The session of a register that is opened. */
  async open(openingCash: number, besides: object = {}, sessionId?: string): Promise<TillSession> {
    return bodyOf(await this.tryOpen({ register: '1', openingCash, ...besides }, sessionId), 201);
  }

  move(sessionId: string, movement: object, movementId: string = randomUUID()): Promise<Answer<TillSession>> {
    return this.#api.put(`${this.path}/sessions/${sessionId}/cash-movements/${movementId}`, movement);
  }

  close(sessionId: string, closing: object): Promise<Answer<TillSession>> {
    return this.#api.post(`${this.path}/sessions/${sessionId}/close`, closing);
  }

  async session(sessionId: string): Promise<TillSession> {
    return bodyOf(await this.#api.get<TillSession>(`${this.path}/sessions/${sessionId}`), 200);
  }

  async sessions(query = ''): Promise<readonly TillSession[]> {
    const list = await this.#api.get<{ items: readonly TillSession[] }>(`${this.path}/sessions${query}`);
    return bodyOf(list, 200).items;
  }

  async day(day: string): Promise<DayTotals> {
    return bodyOf(await this.#api.get<DayTotals>(`${this.path}/daily-totals?day=${day}`), 200);
  }
}
