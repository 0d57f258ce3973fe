import type { JSONObject, OperationInput } from '@azure/cosmos';
import type { StoredDocument } from './stored-document.ts';

/** One operation of a batch: a document to be created, or to be replaced or deleted as long as it has this ETag. */
export type BatchOperation =
  | { readonly kind: 'create'; readonly document: StoredDocument }
  | { readonly kind: 'replace' | 'delete'; readonly document: StoredDocument; readonly etag: string };

/** The operation as the SDK takes it. */
export function inputOf(operation: BatchOperation): OperationInput {
  const { _etag: _, ...document } = operation.document;
  const resourceBody = document as JSONObject;
  if (operation.kind === 'create') return { operationType: 'Create', resourceBody };
  const ifUnchanged = { id: document.id, ifMatch: operation.etag };
  // A batch takes If-Match for a delete as it does for a replace; the SDK's types do not say so, and it passes it on.
  if (operation.kind === 'delete') return { operationType: 'Delete', ...ifUnchanged };
  return { operationType: 'Replace', ...ifUnchanged, resourceBody };
}
