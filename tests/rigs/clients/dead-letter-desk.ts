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
  readonly source: { readonly raw?: string };
  readonly history: readonly {
    readonly step: string;
    readonly by?: string;
    readonly at: string;
    readonly detail: string;
  }[];
}

/** The dead letters of a shop, as its operator sees them; or those of another tenant that the operator names. */
export class DeadLetterDesk {
  readonly #operator: ApiClient;
  readonly #tenant: string | undefined;

  constructor(operator: ApiClient, tenant?: string) {
    this.#operator = operator;
    this.#tenant = tenant;
  }

  /** Who decides at this desk. */
  get operatorId(): string {
    return this.#operator.userId;
  }

  static async of(shop: Shop, sub = 'olga'): Promise<DeadLetterDesk> {
    return new DeadLetterDesk(await shop.as('operator', { sub }));
  }

  /** The letters of bytes that name no tenant, as an operator of this shop asks for them. */
  static async ofNoTenant(shop: Shop): Promise<DeadLetterDesk> {
    return new DeadLetterDesk(await shop.as('operator'), 'system');
  }

  #url(path: string, query = ''): string {
    const asked = new URLSearchParams(query);
    if (this.#tenant !== undefined) asked.set('tenant', this.#tenant);
    return `/api/v1/dead-letters${path}?${asked}`;
  }

  list(query = ''): Promise<Answer<Page<DeadLetter>>> {
    return this.#operator.get(this.#url('', query));
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
    return this.#operator.get(this.#url(`/${id}`));
  }

  bytes(id: string): Promise<Answer<Buffer>> {
    return this.#operator.download(this.#url(`/${id}/bytes`));
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
    return this.#operator.patch(this.#url(`/${id}`), { data }, options);
  }

  replay<T = DeadLetter>(id: string, options?: CallOptions): Promise<Answer<T>> {
    return this.#operator.post(this.#url(`/${id}/replay`), undefined, options);
  }

  discard<T = DeadLetter>(id: string, body?: object, options?: CallOptions): Promise<Answer<T>> {
    return this.#operator.post(this.#url(`/${id}/discard`), body, options);
  }

  replayAll<T = Replayed>(body: object): Promise<Answer<T>> {
    return this.#operator.post(this.#url('/replay'), body);
  }
}

export interface Replayed {
  readonly replayed: number;
  readonly skipped: readonly { readonly id: string; readonly detail: string }[];
  readonly continuation?: string;
}
