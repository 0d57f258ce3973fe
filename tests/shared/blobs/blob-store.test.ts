import { expect, it } from 'vitest';
import { startBlobServer } from '../../../infra/embedded/blobs/server.ts';
import { openBlobs } from '../../../shared/blobs/open-blobs.ts';
import { BlobSettings } from '../../../shared/settings/blob-settings.ts';
import { blobStoreTests } from '../../rigs/blobs/blob-store-tests.ts';

blobStoreTests((dataDir) => startBlobServer({ dataDir, secret: 'a+b=' }));

it('files without a place are an error that names the settings', async () => {
  const blobs = openBlobs(BlobSettings.parse({}))('documents', 'main');
  await expect(blobs.get('d1/1')).rejects.toThrow('neither BLOBS_ENDPOINT nor BLOBS_CONNECTION_STRING is set');
});
