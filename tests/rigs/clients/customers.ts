import { type Answer, type ApiClient, bodyOf } from './api-client.ts';
import type { Page } from './shop.ts';

export interface Customer {
  readonly id: string;
  readonly kind: string;
  readonly source: string;
  readonly status: string;
  readonly profile?: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly consents: Readonly<Record<string, string>>;
  readonly figures: { readonly orders: number; readonly spent: number; readonly lastPurchaseAt?: string };
  readonly version: number;
}

export interface Interaction {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly at: string;
  readonly by: string;
  readonly doneAt?: string;
}

export const customersPath = '/api/v1/customers';

/** Has somebody registered by staff. */
export function register<Body = Customer>(api: ApiClient, wish: object): Promise<Answer<Body>> {
  return api.post<Body>(customersPath, { kind: 'person', name: 'Ann Smith', ...wish });
}

/** The ids of the customers that are found. */
export async function found(api: ApiClient, wish: object): Promise<readonly string[]> {
  return bodyOf(await api.post<Page<Customer>>(`${customersPath}/search`, wish), 200).items.map(({ id }) => id);
}
