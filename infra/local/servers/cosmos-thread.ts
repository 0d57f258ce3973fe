import { startBlobServer } from '../../embedded/blobs/server.ts';
import { type CosmosServerOptions, startCosmosServer } from '../../embedded/cosmos/server.ts';
import { runInThread } from './run-in-thread.ts';

export interface StorageOptions extends CosmosServerOptions {
  readonly blobs: { readonly dataDir: string; readonly secret: string; readonly port?: number };
}

export interface StorageAddress {
  readonly port: number;
  readonly endpoint: string;
  readonly blobs: { readonly port: number; readonly connectionString: string };
}

/** What is kept: documents, and files beside them. */
await runInThread<StorageOptions, StorageAddress>(async ({ blobs: wishedBlobs, ...options }, gate) => {
  const [cosmos, blobs] = await Promise.all([startCosmosServer({ ...options, ...gate }), startBlobServer(wishedBlobs)]);
  const { port, connectionString } = blobs;
  return {
    address: {
      port: Number(new URL(cosmos.endpoint).port),
      endpoint: cosmos.endpoint,
      blobs: { port, connectionString },
    },
    async close() {
      await Promise.all([cosmos.close(), blobs.close()]);
    },
  };
});
