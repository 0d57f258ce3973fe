import { eventually } from '../stack/eventually.ts';
import { type Answer, type ApiClient, bodyOf } from './api-client.ts';
import type { Shop } from './shop.ts';

export interface Replay {
  readonly id: string;
  readonly status: string;
  readonly events: number;
  readonly taken: number;
  readonly counts: Readonly<Record<string, { readonly events: number; readonly taken: number }>>;
  readonly progress?: { readonly done: number; readonly of: number };
  readonly partitions?: readonly {
    readonly partition: number;
    readonly start: number;
    readonly next: number;
    readonly end: number;
  }[];
  readonly walks: readonly {
    readonly subscriber: string;
    readonly kind: string;
    readonly documents: number;
    readonly failed: number;
    readonly isDone: boolean;
  }[];
  readonly errors: readonly { readonly error: string }[];
}

/** The replays of a shop, as its operator sees them. */
export class ReplayDesk {
  readonly #operator: ApiClient;

  constructor(operator: ApiClient) {
    this.#operator = operator;
  }

  /** Who decides at this desk. */
  get operatorId(): string {
    return this.#operator.userId;
  }

  static async of(shop: Shop): Promise<ReplayDesk> {
    return new ReplayDesk(await shop.as('operator', { sub: 'olga' }));
  }

  /** Asks for a replay of the last hour, unless the wish says otherwise; whatever the answer. */
  ask<T = Replay>(wish: object, idempotencyKey?: string): Promise<Answer<T>> {
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const options = idempotencyKey === undefined ? {} : { idempotencyKey };
    return this.#operator.post('/api/v1/replays', { from, ...wish }, options);
  }

  /** Asks for a replay, which must be granted. */
  async start(wish: object): Promise<Replay> {
    return bodyOf(await this.ask(wish), 202);
  }

  /** Has it done, from beginning to end. */
  async run(wish: object): Promise<Replay> {
    const { id } = await this.start(wish);
    return this.becomes(id, 'done');
  }

  read(id: string): Promise<Answer<Replay>> {
    return this.#operator.get(`/api/v1/replays/${id}`);
  }

  list(query = ''): Promise<Answer<{ readonly items: readonly Replay[] }>> {
    return this.#operator.get(`/api/v1/replays${query}`);
  }

  stop(id: string): Promise<Answer<Replay>> {
    return this.#operator.post(`/api/v1/replays/${id}/stop`);
  }

  resume(id: string): Promise<Answer<Replay>> {
    return this.#operator.post(`/api/v1/replays/${id}/resume`);
  }

  /** The replay once it is in a status. */
  becomes(id: string, status: string, withinMs = 20_000): Promise<Replay> {
    return eventually(async () => {
      const replay = bodyOf(await this.read(id), 200);
      if (replay.status !== status) throw new Error(`${id} is ${replay.status}: ${JSON.stringify(replay)}`);
      return replay;
    }, withinMs);
  }
}
