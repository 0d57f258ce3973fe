import type { BlobSettings } from '../settings/blob-settings.ts';
import { blobContainer } from './open-blobs.ts';

/** Makes the container of files where it is missing; where no setting says where files are kept, there is none to make. */
export async function provisionBlobs(settings: BlobSettings): Promise<void> {
  if (settings.BLOBS_ENDPOINT === undefined && settings.BLOBS_CONNECTION_STRING === undefined) return;
  await (await blobContainer(settings)).createIfNotExists();
}
