import type { PipelineRetryOptions } from '@azure/core-rest-pipeline';
import { azureCredential, type Credential } from '../../../../shared/security/azure-credential.ts';

/** A resource of Azure Communication Services, and who we are to it: by identity, or by the key of a connection string. */
export type CommunicationService =
  | { readonly endpoint: string; readonly credential: Credential }
  | { readonly connectionString: string };

/** The resource that is set. @throws Error where none is: the settings are checked when the app starts. */
export function communicationService({
  COMMUNICATION_ENDPOINT: endpoint,
  COMMUNICATION_CONNECTION_STRING: connectionString,
}: {
  readonly COMMUNICATION_ENDPOINT?: string | undefined;
  readonly COMMUNICATION_CONNECTION_STRING?: string | undefined;
}): CommunicationService {
  if (connectionString !== undefined) return { connectionString };
  if (endpoint !== undefined) return { endpoint, credential: azureCredential() };
  throw new Error('neither COMMUNICATION_ENDPOINT nor COMMUNICATION_CONNECTION_STRING is set');
}

/**
 * A client library repeats by itself what was not answered. Here the effect does that: it counts what was tried, keeps the key, and
 * leaves the service alone where that asks for a pause.
 */
export const noRetries: { readonly retryOptions: PipelineRetryOptions } = { retryOptions: { maxRetries: 0 } };

/** Where the service is. A connection string reads `endpoint=https://…/;accesskey=…`. */
export function endpointOf(service: CommunicationService): string {
  if ('endpoint' in service) return service.endpoint;
  return /(?:^|;)endpoint=([^;]+)/i.exec(service.connectionString)?.[1] ?? '';
}
