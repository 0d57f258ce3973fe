import { describe } from 'vitest';
import { blobStoreTests } from '../../../tests/rigs/blobs/blob-store-tests.ts';
import { checkpointTests } from '../../embedded/blobs/checkpoint-tests.ts';
import { startAzurite } from './azurite.ts';

describe('Azurite', () => {
  blobStoreTests(startAzurite);

  checkpointTests(async (dataDir) => {
    const server = await startAzurite(dataDir);
    // Another key, of the same length.
    const strangersConnectionString = server.connectionString.replace(/AccountKey=.{8}/, 'AccountKey=AAAAAAAA');
    return { ...server, strangersConnectionString };
  });
});
