import { randomUUID } from 'node:crypto';
import type { OperationInput } from '@azure/cosmos';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { openDatabase } from '../../shared/persistence/cosmos/cosmos.ts';
import { provisionContainers } from '../../shared/persistence/cosmos/provision-containers.ts';

const inFlight = 48;
const container = 'bench-raw';
/** With it, a document has about 400 bytes: as much as an order or a reservation. */
const filling = 'x'.repeat(250);

/**
 * How many transactional batches of three creates the Cosmos server takes in a second, from one client process: the raw
 * limit of the saga. Indexed as the product's containers are, and asked by the product's own client: the SDK as it comes
 * costs its process more, and would make the limit lower than it is.
 */
export async function rawBatchesPerSecond(cosmos: StackFile['cosmos'], windowMs: number): Promise<number> {
  const { endpoint: COSMOS_ENDPOINT, key: COSMOS_KEY, database: COSMOS_DATABASE } = cosmos;
  const database = openDatabase({ COSMOS_ENDPOINT, COSMOS_KEY, COSMOS_DATABASE });
  try {
    await provisionContainers(database, [{ name: container }]);
    const { items } = database.container(container);
    const start = performance.now();
    let done = 0;
    const write = async () => {
      while (performance.now() - start < windowMs) {
        const boundary = randomUUID();
        const { result } = await items.batch(threeCreates(boundary), boundary, {
          contentResponseOnWriteEnabled: false,
        });
        if (result?.some(({ statusCode }) => statusCode >= 400)) throw new Error('a raw batch was refused');
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, write));
    return done / ((performance.now() - start) / 1_000);
  } finally {
    database.client.dispose();
  }
}

function threeCreates(boundary: string): OperationInput[] {
  return ['first', 'second', 'third'].map((kind) => ({
    operationType: 'Create',
    resourceBody: { id: `${kind}:${boundary}`, boundary, kind, version: 1, filling },
  }));
}
