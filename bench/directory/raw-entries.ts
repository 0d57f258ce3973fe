import type { Container, OperationInput } from '@azure/cosmos';
import type { PlacedOrder } from './placed-orders.ts';

/** As many as a commit has of a group. */
const entriesInBatch = 94;
const withoutContent = { contentResponseOnWriteEnabled: false };

/** An entry for each order in raw requests of the same operations: the orders are read in bulk, and entries made in batches. */
export async function rawEntries(
  container: Container,
  boundary: string,
  orders: readonly PlacedOrder[],
): Promise<void> {
  for (let start = 0; start < orders.length; start += entriesInBatch) {
    const some = orders.slice(start, start + entriesInBatch);
    const read = await container.items.bulk(
      some.map((order): OperationInput => ({ operationType: 'Read', id: order.id, partitionKey: order.boundary })),
    );
    if (read.some(({ statusCode }) => statusCode >= 400)) throw new Error('a raw read was refused');
    const { result } = await container.items.batch(
      some.map((order) => entryOf(order, boundary)),
      boundary,
      withoutContent,
    );
    if (result?.some(({ statusCode }) => statusCode >= 400)) throw new Error('a raw batch was refused');
  }
}

function entryOf({ id, boundary: of }: PlacedOrder, boundary: string): OperationInput {
  const resourceBody = {
    id: `entry:${id}`,
    boundary,
    kind: 'entry',
    version: 1,
    directory: 'list-orders-by-day',
    of: { boundary: of, id },
    seen: 1,
    fields: { status: 'pending', placedAt: new Date().toISOString() },
  };
  return { operationType: 'Create', resourceBody };
}
