import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { BlobExistsError } from '../../../shared/blobs/blob-errors.ts';
import { blobContainer, openBlobs } from '../../../shared/blobs/open-blobs.ts';
import { provisionBlobs } from '../../../shared/blobs/provision-blobs.ts';
import { sha256Of } from '../../../shared/http/bodies/file.ts';
import { BlobSettings } from '../../../shared/settings/blob-settings.ts';

export const pdf = {
  bytes: Uint8Array.from({ length: 70_000 }, (_, index) => index % 251),
  mediaType: 'application/pdf',
};
const other = { bytes: new TextEncoder().encode('another'), mediaType: 'text/plain' };

/** A container of its own on a blob server, whoever made that. */
export async function filesOn({ connectionString }: { readonly connectionString: string }) {
  const settings = BlobSettings.parse({
    BLOBS_CONNECTION_STRING: connectionString,
    BLOBS_CONTAINER: `files-${randomUUID()}`,
  });
  await provisionBlobs(settings);
  const blobsOf = openBlobs(settings);
  return { settings, blobsOf, blobs: blobsOf('documents', 'main') };
}

/** What the store of files promises: the same tests on the embedded server and on Azurite. */
export function blobStoreTests(server: () => { readonly connectionString: string }): void {
  it('a file is read as it was put, with its media type and its hash', async () => {
    const { blobs } = await filesOn(server());
    expect(await blobs.put('d1/1', pdf)).toEqual({ sha256: sha256Of(pdf.bytes) });
    const read = await blobs.get('d1/1');
    expect([read?.mediaType, read?.sha256]).toEqual(['application/pdf', sha256Of(pdf.bytes)]);
    expect(Buffer.compare(read?.bytes ?? new Uint8Array(), pdf.bytes)).toBe(0);
  });

  it('a file that is put twice is put once, and another under its name is refused', async () => {
    const { blobs } = await filesOn(server());
    const puts = await Promise.all([1, 2, 3].map(() => blobs.put('d1/1', pdf)));
    expect(new Set(puts.map(({ sha256 }) => sha256))).toEqual(new Set([sha256Of(pdf.bytes)]));
    await expect(blobs.put('d1/1', other)).rejects.toThrow(BlobExistsError);
    expect((await blobs.get('d1/1'))?.sha256).toBe(sha256Of(pdf.bytes));
  });

  it('a file that was removed is not there, and its name may be taken again', async () => {
    const { blobs } = await filesOn(server());
    await blobs.put('d1/1', pdf);
    await blobs.remove('d1/1');
    await blobs.remove('d1/1');
    expect(await blobs.get('d1/1')).toBeUndefined();
    await blobs.put('d1/1', other);
    expect((await blobs.get('d1/1'))?.mediaType).toBe('text/plain');
  });

  it('a file is of one service and one tenant', async () => {
    const { blobs, blobsOf } = await filesOn(server());
    await blobs.put('d1/1', pdf);
    expect(await blobsOf('documents', 'north').get('d1/1')).toBeUndefined();
    expect(await blobsOf('logistics', 'main').get('d1/1')).toBeUndefined();
  });

  it.each([
    '../../north/documents/d1/1',
    'd1/../../documents/d1',
    './d1',
    'd1/.',
    'd1/1.',
    'd1//1',
    '/d1',
    'd1/',
    '',
    'd1\\1',
    'd1\n',
    'd1/\ud800',
    'd'.repeat(181),
  ])('a file cannot be called %j', async (name) => {
    const { blobs } = await filesOn(server());
    await expect(blobs.put(name, pdf)).rejects.toThrow('is no name of a file');
    await expect(blobs.get(name)).rejects.toThrow('is no name of a file');
    await expect(blobs.remove(name)).rejects.toThrow('is no name of a file');
  });

  it('a file may be called by what people write, and may be empty', async () => {
    const { blobs } = await filesOn(server());
    const empty = { bytes: new Uint8Array(), mediaType: 'text/plain' };
    for (const name of ['Grüße 100 %.pdf', 'a+b&c=d?e#f', '%2e%2e/x', '..a/b..c']) {
      await blobs.put(name, empty);
      expect(await blobs.get(name)).toEqual({ ...empty, bytes: Buffer.alloc(0), sha256: sha256Of(empty.bytes) });
    }
  });

  it('a file whose bytes are not those that were put is not handed out', async () => {
    const { blobs, settings } = await filesOn(server());
    await blobs.put('d1/1', pdf);
    const blob = (await blobContainer(settings)).getBlockBlobClient('main/documents/d1/1');
    await blob.upload(other.bytes, other.bytes.length, { metadata: { sha256: sha256Of(pdf.bytes) } });
    await expect(blobs.get('d1/1')).rejects.toThrow('was put with');
  });
}
