import type { Answer, ApiClient, CallOptions } from './api-client.ts';

export interface ImportedLine {
  readonly line: number;
  readonly sku?: string;
  readonly outcome: string;
  readonly id?: string;
  readonly reason?: { readonly type: string; readonly detail: string };
}

export interface ImportReport {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly lines: readonly ImportedLine[];
}

/** A CSV file of so many products: `P-1` with a stock of 1, `P-2` with 2, and so on. */
export function productFile(count: number, price = 10): string {
  const lines = Array.from({ length: count }, (_, n) => `P-${n + 1},Product ${n + 1},${price},Things,${n + 1}`);
  return ['sku,name,price,category,quantity', ...lines, ''].join('\r\n');
}

/** Sends a file, by default CSV. */
export function importFile<T = ImportReport>(
  api: ApiClient,
  file: string,
  { type = 'text/csv', ...options }: CallOptions & { readonly type?: string } = {},
): Promise<Answer<T>> {
  return api.post<T>('/api/v1/products/import', file, { ...options, headers: { 'content-type': type } });
}
