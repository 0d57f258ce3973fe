import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { BlobsUnavailableError } from '../../../shared/blobs/blob-errors.ts';
import { openBlobs } from '../../../shared/blobs/open-blobs.ts';
import { BlobSettings } from '../../../shared/settings/blob-settings.ts';
import { pdf } from '../../rigs/blobs/blob-store-tests.ts';

it('a storage that takes a request and never answers is trouble that passes, and nothing of the request is left', async () => {
  const closed: Promise<unknown>[] = [];
  const silent = createServer((socket) => {
    closed.push(once(socket, 'close'));
    socket.on('error', () => undefined).resume();
  }).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const settings = BlobSettings.parse({
    BLOBS_CONNECTION_STRING: `BlobEndpoint=http://127.0.0.1:${port}/a;SharedAccessSignature=sig=s`,
  });
  const blobs = openBlobs(settings, { longestMs: 200 })('documents', 'main');
  const asked = [blobs.put('d1/1', pdf), blobs.get('d1/1'), blobs.remove('d1/1')];
  for (const one of await Promise.allSettled(asked))
    expect(one).toMatchObject({ status: 'rejected', reason: expect.any(BlobsUnavailableError) });
  expect(closed.length).toBeGreaterThanOrEqual(asked.length);
  await Promise.all(closed);
  silent.close();
});
