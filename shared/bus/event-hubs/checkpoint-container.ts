import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import type { Credential } from '../../security/azure-credential.ts';
import type { EventHubsSettings } from '../../settings/bus-settings.ts';

/** Where the Event Hubs trigger keeps its checkpoints, in the host's storage account (EventHubOptions.LeaseContainerName). */
const containerName = 'azure-webjobs-eventhub';

/**
 * The container of the trigger's checkpoints: a blob `{namespace}/{hub}/{consumer group}/checkpoint/{partition}` in lower
 * case for each partition, whose metadata `sequencenumber` and `offset` say what was handled last.
 */
export function checkpointContainer(settings: EventHubsSettings, credential: Credential): ContainerClient {
  const { AzureWebJobsStorage: connectionString, AzureWebJobsStorage__blobServiceUri: uri } = settings;
  const options = { retryOptions: { maxTries: 1 } };
  if (connectionString !== undefined)
    return BlobServiceClient.fromConnectionString(connectionString, options).getContainerClient(containerName);
  if (uri !== undefined) return new BlobServiceClient(uri, credential, options).getContainerClient(containerName);
  throw new Error('neither AzureWebJobsStorage nor AzureWebJobsStorage__blobServiceUri is set');
}
