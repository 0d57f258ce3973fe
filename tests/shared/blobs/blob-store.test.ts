import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BlobServer, startBlobServer } from '../../../infra/embedded/blobs/server.ts';
import { BlobsUnavailableError } from '../../../shared/blobs/blob-errors.ts';
import { openBlobs } from '../../../shared/blobs/open-blobs.ts';
import { sha256Of } from '../../../shared/http/bodies/file.ts';
import { BlobSettings } from '../../../shared/settings/blob-settings.ts';
import { blobStoreTests, filesOn, pdf } from '../../rigs/blobs/blob-store-tests.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'files-'));
const start = () => startBlobServer({ dataDir, secret: 'a+b=' });
let server: BlobServer;

beforeAll(async () => {
  server = await start();
});
afterAll(async () => {
  await server.close();
  rmSync(dataDir, { recursive: true });
});

blobStoreTests(() => server);

it('a file survives a restart, and a server that is not there is trouble that passes, whatever is asked of it', async () => {
  const { blobs, settings } = await filesOn(server);
  await blobs.put('d1/1', pdf);
  await server.close();
  await expect(blobs.put('d1/2', pdf)).rejects.toThrow(BlobsUnavailableError);
  await expect(blobs.get('d1/1')).rejects.toThrow(BlobsUnavailableError);
  await expect(blobs.remove('d1/1')).rejects.toThrow(BlobsUnavailableError);
  server = await start();
  const again = openBlobs({ ...settings, BLOBS_CONNECTION_STRING: server.connectionString })('documents', 'main');
  expect((await again.get('d1/1'))?.sha256).toBe(sha256Of(pdf.bytes));
});

it('a file that storage will never take is a bug, not trouble that passes', async () => {
  const { blobs } = await filesOn(server);
  const tooLarge = blobs.put('d1/1', { ...pdf, bytes: new Uint8Array(17 * 1024 * 1024) });
  await expect(tooLarge).rejects.toThrow('a blob has at most');
  await expect(tooLarge).rejects.not.toThrow(BlobsUnavailableError);
});

it('files without a place are an error that names the settings', async () => {
  const blobs = openBlobs(BlobSettings.parse({}))('documents', 'main');
  await expect(blobs.get('d1/1')).rejects.toThrow('neither BLOBS_ENDPOINT nor BLOBS_CONNECTION_STRING is set');
});
