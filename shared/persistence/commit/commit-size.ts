import type { BatchOperation } from '../documents/batch-operation.ts';
import { TooLargeError } from '../documents/store-errors.ts';

/** Limits of a transactional batch. Source: https://learn.microsoft.com/azure/cosmos-db/nosql/transactional-batch */
const maxOperations = 100;
const maxBytes = 2 * 1024 * 1024;

/** How many bytes each operation of a commit comes to. @throws TooLargeError for all of them together */
export function sizesOf(operations: readonly BatchOperation[]): readonly number[] {
  if (operations.length > maxOperations)
    throw new TooLargeError(`a commit has ${operations.length} operations; Cosmos DB takes ${maxOperations}`);
  const sizes = operations.map((operation) => Buffer.byteLength(JSON.stringify(operation)));
  const bytes = sizes.reduce((sum, size) => sum + size, sizes.length + 1);
  if (bytes > maxBytes) throw new TooLargeError(`a commit has ${bytes} bytes; Cosmos DB takes ${maxBytes}`);
  return sizes;
}
