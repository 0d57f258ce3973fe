import type { StackFile } from '../../../infra/local/stack-file.ts';
import { cosmosDatabase } from './cosmos-database.ts';

export interface Stored {
  readonly id: string;
  readonly boundary: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** The product's documents behind its back: what no route shows, and damage that no route does. */
export interface StoredDocuments extends Disposable {
  /** Those of a tenant in a container; of one kind where one is named. */
  of(tenant: string, container: string, kind?: string): Promise<readonly Stored[]>;
  write(container: string, document: Stored): Promise<void>;
  remove(container: string, documents: readonly Stored[]): Promise<void>;
}

export function openStoredDocuments({ cosmos }: Pick<StackFile, 'cosmos'>): StoredDocuments {
  const database = cosmosDatabase(cosmos);
  return {
    async of(tenant, container, kind) {
      const { resources } = await database.container(container).items.query<Stored>('SELECT * FROM c').fetchAll();
      const own = resources.filter(({ boundary }) => boundary.startsWith(`${tenant}/`));
      const wanted = own.filter((document) => kind === undefined || document.kind === kind);
      return wanted.sort((a, b) => a.boundary.localeCompare(b.boundary) || a.id.localeCompare(b.id));
    },
    async write(container, document) {
      await database.container(container).items.upsert(document);
    },
    async remove(container, documents) {
      for (const { id, boundary } of documents) await database.container(container).item(id, boundary).delete();
    },
    [Symbol.dispose]: () => database.client.dispose(),
  };
}
