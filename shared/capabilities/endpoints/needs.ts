import type { InTurn } from '../../async/work-queue.ts';
import type { BlobStore } from '../../blobs/blob-store.ts';
import type { AllConsumers } from '../../consuming/all-consumers.ts';
import type { SettingsInForce } from '../../events/contracts/tenant-settings.ts';
import type { KeySource } from '../../security/key-source.ts';
import type { InParts } from './request-part.ts';
import type { TenantPlace } from './tenant-place.ts';

/**
 * What only a few handlers need, so an endpoint gets of it what it asks for in `needs`, and nothing else: who could see the
 * signing keys or the consumers of all services is found by looking for who asks.
 */
export interface Needs {
  /** Does what is too large for one commit, part by part. */
  readonly inParts: InParts;
  /**
   * Does what keeps a core busy for long, such as hashing a password, a few at once in a process. Whoever asks for it is let in
   * only while there is a place to wait (`HEAVY_WORK_QUEUE`): else 429 `too-busy`, before the handler runs.
   */
  readonly inTurn: InTurn;
  /** The network that the client calls from (`TRUSTED_PROXIES`); `undefined` where clients are not told apart. */
  readonly clientNetwork: string | undefined;
  /** What the request is known by under its `Idempotency-Key`, when it comes again; `undefined` where it has none. */
  readonly knownBy: string | undefined;
  /** The files of the service, in the caller's tenant. */
  readonly blobs: BlobStore;
  /** What the caller's program says that it is (`User-Agent`); empty where it says nothing. */
  readonly userAgent: string;
  /** By which the system signs its own tokens. */
  readonly signingKeys: KeySource;
  /** The consumers of the whole system: what operators look after. */
  readonly consumers: AllConsumers;
  /** What is in force for a tenant that has set nothing: by the environment, as the services read it. */
  readonly settingDefaults: SettingsInForce;
  /** What belongs to no tenant, since nobody could tell whose it is. @throws Rejection (403) unless the caller looks after the whole. */
  readonly ofNoTenant: () => TenantPlace;
}

export type Need = keyof Needs;
