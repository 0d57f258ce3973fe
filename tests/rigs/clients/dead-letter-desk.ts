import { eventually } from '../stack/eventually.ts';
import { type Answer, type ApiClient, bodyOf, type CallOptions } from './api-client.ts';
import type { Page, Shop } from './shop.ts';

export interface DeadLetter {
  readonly id: string;
  readonly subscriber: string;
  readonly status: string;
  readonly type?: string;
  readonly error: { readonly name: string; readonly message: string; readonly stack?: string };
  readonly attempts: number;
  readonly dueAt?: string;
  readonly version: number;
  readonly event?: { readonly id: string; readonly data: Readonly<Record<string, unknown>> };
  readonly isEdited: boolean;
  readonly history: readonly {
    readonly step: string;
    readonly by?: string;
    readonly at: string;
    readonly detail: string;
  }[];
}

/** The dead letters of a shop, as its operator sees them. */
export class DeadLetterDesk {
  readonly #operator: ApiClient;

  constructor(operator: ApiClient) {
    this.#operator = operator;
  }

  /** Who decides at this desk. */
  get operatorId(): string {
    return this.#operator.userId;
  }

  static async of(shop: Shop, sub = 'olga'): Promise<DeadLetterDesk> {
    return new DeadLetterDesk(await shop.as('operator', { sub }));
  }

  list(query = ''): Promise<Answer<Page<DeadLetter>>> {
    return this.#operator.get(`/api/v1/dead-letters${query}`);
  }

  /** The letters that a query takes, once there are so many of them. */
  found(query: string, count: number): Promise<readonly DeadLetter[]> {
    return eventually(async () => {
      const { items } = bodyOf(await this.list(query), 200);
      if (items.length !== count)
        throw new Error(`${items.length} dead letters, not ${count}: ${JSON.stringify(items)}`);
      return items;
    });
  }

  read(id: string): Promise<Answer<DeadLetter>> {
    return this.#operator.get(`/api/v1/dead-letters/${id}`);
  }

  /** The letter once it is in a status. */
  becomes(id: string, status: string, attempts: number): Promise<DeadLetter> {
    return eventually(async () => {
      const letter = bodyOf(await this.read(id), 200);
      if (letter.status !== status || letter.attempts !== attempts)
        throw new Error(
          `${id} is ${letter.status} after ${letter.attempts} attempts: ${JSON.stringify(letter.history)}`,
        );
      return letter;
    });
  }

  edit<T = DeadLetter>(id: string, data: object, options?: CallOptions): Promise<Answer<T>> {
    return this.#operator.patch(`/api/v1/dead-letters/${id}`, { data }, options);
  }

  replay<T = DeadLetter>(id: string, options?: CallOptions): Promise<Answer<T>> {
    return this.#operator.post(`/api/v1/dead-letters/${id}/replay`, undefined, options);
  }

  discard<T = DeadLetter>(id: string, body?: object, options?: CallOptions): Promise<Answer<T>> {
    return this.#operator.post(`/api/v1/dead-letters/${id}/discard`, body, options);
  }

  replayAll<T = Replayed>(body: object): Promise<Answer<T>> {
    return this.#operator.post('/api/v1/dead-letters/replay', body);
  }
}

export interface Replayed {
  readonly replayed: number;
  readonly skipped: readonly { readonly id: string; readonly detail: string }[];
  readonly continuation?: string;
}
