import { preconditionFailed } from '../errors.ts';

/** The ETags that a request makes a condition of. */
export interface Precondition {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/**
 * Holds a write of something that exists against its conditions. (A create meets nothing, so it has nothing to match:
 * the service ignores If-Match on an upsert that inserts, see azure-cosmos-dotnet-v3 issue 1698.)
 * @throws CosmosError 412
 */
export function checkWrite({ ifMatch, ifNoneMatch }: Precondition, etag: string): void {
  if (ifMatch !== undefined && !matches(ifMatch, etag)) throw preconditionFailed();
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, etag)) throw preconditionFailed();
}

/**
 * Whether a reader has this state already (304).
 * @throws CosmosError 412 when the reader wants another state than the one there is.
 */
export function isKnownToReader({ ifMatch, ifNoneMatch }: Precondition, etag: string): boolean {
  if (ifMatch !== undefined && !matches(ifMatch, etag)) throw preconditionFailed();
  return ifNoneMatch !== undefined && matches(ifNoneMatch, etag);
}

const matches = (condition: string, etag: string) => condition === '*' || condition === etag;
