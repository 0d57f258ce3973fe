import { randomUUID } from 'node:crypto';
import type { OperationInput } from '@azure/cosmos';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { provisionContainers } from '../../shared/persistence/provision-containers.ts';
import { cosmosDatabase } from '../../tests/stack/cosmos-database.ts';

const inFlight = 48;
const container = 'bench-raw';
/** With it, a document has about 400 bytes: as much as an order or a reservation. */
const filling = 'x'.repeat(250);

/**
 * How many transactional batches of three creates the Cosmos server takes in a second, from one client process: the raw
 * limit of the saga. Indexed as the product's containers are.
 */
export async function rawBatchesPerSecond(cosmos: StackFile['cosmos'], windowMs: number): Promise<number> {
  const database = cosmosDatabase(cosmos);
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
