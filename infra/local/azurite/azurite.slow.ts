import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { blobStoreTests } from '../../../tests/rigs/blobs/blob-store-tests.ts';
import { checkpointTests } from '../../embedded/blobs/checkpoint-tests.ts';
import { startAzurite } from './azurite.ts';

describe('Azurite', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'azurite-'));
  let server: Awaited<ReturnType<typeof startAzurite>>;
  beforeAll(async () => {
    server = await startAzurite(folder);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  blobStoreTests(() => server);

  checkpointTests(async (dataDir) => {
    const server = await startAzurite(dataDir);
    // Another key, of the same length.
    const strangersConnectionString = server.connectionString.replace(/AccountKey=.{8}/, 'AccountKey=AAAAAAAA');
    return { ...server, strangersConnectionString };
  });
});
