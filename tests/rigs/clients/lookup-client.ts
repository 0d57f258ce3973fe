import { services } from '../../../functions/services.ts';
import type { StackFile } from '../../../infra/local/stack-file.ts';
import { lookupOwners, lookupsBy } from '../../../shared/app/lookup-owners.ts';
import { systemClock } from '../../../shared/clock.ts';
import type { Lookup } from '../../../shared/lookups/define-lookup.ts';
import { lookups } from '../../../shared/lookups/index.ts';
import { openDatabase } from '../../../shared/persistence/cosmos/cosmos.ts';
import { DocumentContainer } from '../../../shared/persistence/documents/document-container.ts';
import { RecentDocuments } from '../../../shared/persistence/documents/recent-documents.ts';
import { keySourceOf } from '../../../shared/security/key-source.ts';
import { benchSettings } from '../bench-settings.ts';

/** Asks as a capability does that runs in an app of its own beside the stack: no route shows what it is told. */
export interface LookupClient extends Disposable {
  readonly lookupOf: (tenant: string) => Lookup;
}

export function openLookups({ cosmos, tokens }: Pick<StackFile, 'cosmos' | 'tokens'>): LookupClient {
  const settings = benchSettings(services, {
    COSMOS_ENDPOINT: cosmos.endpoint,
    COSMOS_KEY: cosmos.key,
    COSMOS_DATABASE: cosmos.database,
    SIGNING_KEYS_FILE: tokens.keysFile,
  });
  const signingKeys = keySourceOf(settings, { clock: systemClock, warn: () => undefined });
  const database = openDatabase(settings);
  const recent = new RecentDocuments(systemClock);
  const endpoint = new URL(cosmos.endpoint);
  const containerOf = (name: string) => new DocumentContainer(database.container(name), { endpoint, recent });
  return {
    lookupOf: lookupsBy(lookupOwners(services, lookups), { containerOf, clock: systemClock, settings, signingKeys }),
    [Symbol.dispose]: () => database.client.dispose(),
  };
}
