import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BlobExistsError, BlobsUnavailableError } from '../../../shared/blobs/blob-errors.ts';
import { blobContainer, openBlobs } from '../../../shared/blobs/open-blobs.ts';
import { provisionBlobs } from '../../../shared/blobs/provision-blobs.ts';
import { sha256Of } from '../../../shared/http/bodies/file.ts';
import { BlobSettings } from '../../../shared/settings/blob-settings.ts';

/** A blob server, whoever made it. */
interface BlobServer {
  readonly connectionString: string;
  close(): Promise<void>;
}

const pdf = { bytes: Uint8Array.from({ length: 70_000 }, (_, index) => index % 251), mediaType: 'application/pdf' };
const other = { bytes: new TextEncoder().encode('another'), mediaType: 'text/plain' };

/** What the store of files promises: the same tests on the embedded server and on Azurite. */
export function blobStoreTests(startIn: (dataDir: string) => Promise<BlobServer>): void {
  async function start(dataDir = mkdtempSync(path.join(tmpdir(), 'files-'))) {
    const server = await startIn(dataDir);
    onTestFinished(async () => {
      await server.close().catch(() => undefined);
      rmSync(dataDir, { recursive: true, force: true });
    });
    const settings = BlobSettings.parse({ BLOBS_CONNECTION_STRING: server.connectionString });
    await provisionBlobs(settings);
    const blobsOf = openBlobs(settings);
    return { server, dataDir, settings, blobsOf, blobs: blobsOf('documents', 'main') };
  }

  it('a file is read as it was put, with its media type and its hash, also after a restart', async () => {
    const first = await start();
    expect(await first.blobs.put('d1/1', pdf)).toEqual({ sha256: sha256Of(pdf.bytes) });
    await first.server.close();
    const { blobs } = await start(first.dataDir);
    const read = await blobs.get('d1/1');
    expect([read?.mediaType, read?.sha256]).toEqual(['application/pdf', sha256Of(pdf.bytes)]);
    expect(Buffer.compare(read?.bytes ?? new Uint8Array(), pdf.bytes)).toBe(0);
  });

  it('a file that is put twice is put once, and another under its name is refused', async () => {
    const { blobs } = await start();
    const puts = await Promise.all([1, 2, 3].map(() => blobs.put('d1/1', pdf)));
    expect(new Set(puts.map(({ sha256 }) => sha256))).toEqual(new Set([sha256Of(pdf.bytes)]));
    await expect(blobs.put('d1/1', other)).rejects.toThrow(BlobExistsError);
    expect((await blobs.get('d1/1'))?.sha256).toBe(sha256Of(pdf.bytes));
  });

  it('a file that was removed is not there, and its name may be taken again', async () => {
    const { blobs } = await start();
    await blobs.put('d1/1', pdf);
    await blobs.remove('d1/1');
    await blobs.remove('d1/1');
    expect(await blobs.get('d1/1')).toBeUndefined();
    await blobs.put('d1/1', other);
    expect((await blobs.get('d1/1'))?.mediaType).toBe('text/plain');
  });

  it('a file is of one service and one tenant', async () => {
    const { blobs, blobsOf } = await start();
    await blobs.put('d1/1', pdf);
    expect(await blobsOf('documents', 'north').get('d1/1')).toBeUndefined();
    expect(await blobsOf('logistics', 'main').get('d1/1')).toBeUndefined();
  });

  it('a file whose bytes are not those that were put is not handed out', async () => {
    const { blobs, settings } = await start();
    await blobs.put('d1/1', pdf);
    const blob = (await blobContainer(settings)).getBlockBlobClient('main/documents/d1/1');
    await blob.upload(other.bytes, other.bytes.length, { metadata: { sha256: sha256Of(pdf.bytes) } });
    await expect(blobs.get('d1/1')).rejects.toThrow('was put with');
  });

  it('a server that is not there is trouble that passes, whatever is asked of it', async () => {
    const { server, blobs } = await start();
    await server.close();
    await expect(blobs.put('d1/1', pdf)).rejects.toThrow(BlobsUnavailableError);
    await expect(blobs.get('d1/1')).rejects.toThrow(BlobsUnavailableError);
    await expect(blobs.remove('d1/1')).rejects.toThrow(BlobsUnavailableError);
  });
}
