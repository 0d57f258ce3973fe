import type { ContainerClient } from '@azure/storage-blob';
import { azureCredential } from '../security/azure-credential.ts';
import type { BlobSettings } from '../settings/blob-settings.ts';
import { BlobStore } from './blob-store.ts';

const options = {
  retryOptions: { maxTries: 3, tryTimeoutInMs: 10_000, retryDelayInMs: 100, maxRetryDelayInMs: 1_000 },
};

/** Longer than 11 MiB take on a slow line. */
const longestRequestMs = 30_000;

/**
 * The files of each service and tenant. The client is loaded and connected with the first of them: it is large, and most
 * processes never have to do with a file.
 */
export function openBlobs(
  settings: BlobSettings,
  { longestMs = longestRequestMs }: { readonly longestMs?: number } = {},
): (service: string, tenant: string) => BlobStore {
  let opened: Promise<ContainerClient> | undefined;
  const container = () => {
    opened ??= blobContainer(settings);
    return opened;
  };
  return (service, tenant) => new BlobStore(container, `${tenant}/${service}`, longestMs);
}

/** The container that all files are in. @throws Error where no setting says where it is. */
export async function blobContainer({
  BLOBS_CONNECTION_STRING: connectionString,
  BLOBS_ENDPOINT: endpoint,
  BLOBS_CONTAINER: name,
}: BlobSettings): Promise<ContainerClient> {
  const { BlobServiceClient } = await import('@azure/storage-blob');
  if (connectionString !== undefined)
    return BlobServiceClient.fromConnectionString(connectionString, options).getContainerClient(name);
  if (endpoint !== undefined)
    return new BlobServiceClient(endpoint, azureCredential(), options).getContainerClient(name);
  throw new Error('neither BLOBS_ENDPOINT nor BLOBS_CONNECTION_STRING is set: files have no place');
}
