import { expect, onTestFinished } from 'vitest';
import { startCosmosServer } from '../../../infra/embedded/cosmos/server.ts';
import { lookupsBy } from '../../../shared/app/lookup-owners.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import type { Cause } from '../../../shared/events/cause.ts';
import { newId } from '../../../shared/ids.ts';
import { type CarriedEvents, carriedBy } from '../../../shared/persistence/commit/carried-events.ts';
import { OutboxDocument, type OutboxMessage } from '../../../shared/persistence/commit/outbox.ts';
import { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import type { OnCommitted } from '../../../shared/persistence/commit/unit-of-work-options.ts';
import { openDatabase } from '../../../shared/persistence/cosmos/cosmos.ts';
import { allIndexes, type ListIndexes } from '../../../shared/persistence/cosmos/indexing-policy.ts';
import { provisionContainers } from '../../../shared/persistence/cosmos/provision-containers.ts';
import { type Charge, DocumentContainer } from '../../../shared/persistence/documents/document-container.ts';
import { RecentDocuments } from '../../../shared/persistence/documents/recent-documents.ts';
import type { StoredDocument } from '../../../shared/persistence/documents/stored-document.ts';
import type { Runtime } from '../../../shared/runtime/runtime.ts';
import type { KeySource } from '../../../shared/security/key-source.ts';
import type { Tracing } from '../../../shared/telemetry/tracing.ts';
import { benchSettings } from '../bench-settings.ts';
import { FaultScript } from './fault-script.ts';
import { OwnClock } from './own-clock.ts';

/** The service that the tests of the kernel run as. */
export const service = 'counters';
/** Fields by which tests list documents of their own. */
const thingIndexes = { filtered: ['colour'], sorted: ['label', 'size'] };
export const aCause: Cause = { tenant: 'main', correlationId: 'request-1' };

/** Whoever calls is believed, so there is nothing to sign. */
export const noKeys: KeySource = { now: () => ({ keys: [] }), recent: () => ({ keys: [] }) };

/** A real container of its own for one test, with a clock and faults that the test owns. */
export interface KernelBench {
  readonly faults: FaultScript;
  readonly clock: OwnClock;
  readonly containerOf: (name: string) => DocumentContainer;
  readonly container: DocumentContainer;
  /** One that nobody has provisioned. */
  readonly missingContainer: DocumentContainer;
  readonly open: (boundary: string, options?: OpenOptions) => UnitOfWork;
  /** As another process does, which has nothing but the store in common with the bench. */
  readonly openElsewhere: (boundary: string) => UnitOfWork;
  /** There is nobody to ask. */
  readonly lookupOf: Runtime['lookupOf'];
  /** Stores a document that no code of ours would write. */
  readonly putAsIs: (document: object) => Promise<void>;
  /** Every document of a boundary. */
  readonly documents: (boundary: string, container?: string) => Promise<readonly StoredDocument[]>;
  /** What the commits to a boundary owe the bus. */
  readonly owed: (boundary: string) => Promise<readonly OutboxMessage[]>;
}

export interface BenchOptions {
  /** What the tested container indexes besides. */
  readonly indexes?: ListIndexes | undefined;
  /** Of the account. */
  readonly consistency?: 'Strong' | 'Session';
}

interface OpenOptions {
  readonly service?: string;
  readonly cause?: Cause;
  readonly onCommitted?: OnCommitted;
  readonly carried?: CarriedEvents;
  readonly carries?: boolean;
  readonly onDue?: (document: StoredDocument) => void;
  readonly tracing?: Tracing | undefined;
  readonly isRetry?: boolean;
  readonly recalls?: boolean;
  readonly charge?: Charge;
}

export async function kernelBench({ consistency = 'Strong', indexes }: BenchOptions = {}): Promise<KernelBench> {
  const faults = new FaultScript();
  const clock = new OwnClock();
  const server = await startCosmosServer({ file: ':memory:', consistency, faults });
  const database = openDatabase({ COSMOS_ENDPOINT: server.endpoint, COSMOS_KEY: server.key, COSMOS_DATABASE: 'test' });
  onTestFinished(async () => {
    database.client.dispose();
    await server.close();
    expect(faults.missed, 'faults that never happened').toEqual([]);
  });
  await provisionContainers(database, [
    { name: service, indexes: allIndexes([thingIndexes, ...(indexes === undefined ? [] : [indexes])]) },
    { name: deadLettersContainer },
  ]);
  const endpoint = new URL(server.endpoint);
  const opened = (name: string) =>
    new DocumentContainer(database.container(name), { endpoint, recent: new RecentDocuments(clock) });
  const containers = new Map([service, deadLettersContainer].map((name) => [name, opened(name)]));
  const containerOf = (name: string) => {
    const container = containers.get(name);
    if (container === undefined) throw new Error(`the bench has no container ${name}`);
    return container;
  };
  const documents = async (partitionKey: string, name = service) => {
    const everything = database.container(name).items.query<StoredDocument>('SELECT * FROM c', { partitionKey });
    return (await everything.fetchAll()).resources;
  };
  return {
    faults,
    clock,
    containerOf,
    container: containerOf(service),
    missingContainer: opened('nowhere'),
    open: (boundary, { cause = aCause, service: name = service, onCommitted = () => undefined, ...options } = {}) =>
      new UnitOfWork(
        { container: containerOf(name), boundary, service: name, clock, newId, onCommitted, carries: true, ...options },
        cause,
      ),
    openElsewhere: (boundary) =>
      new UnitOfWork(
        { container: opened(service), boundary, service, clock, newId, carries: true, onCommitted: () => undefined },
        aCause,
      ),
    lookupOf: lookupsBy(new Map(), { containerOf, clock, settings: benchSettings(), signingKeys: noKeys }),
    async putAsIs(document) {
      await database.container(service).items.create(document);
    },
    documents,
    async owed(boundary) {
      const all = await documents(boundary);
      const outboxes = all
        .flatMap((document) => (document.kind === 'outbox' ? document : (carriedBy(document) ?? [])))
        .map((document) => OutboxDocument.parse(document));
      return outboxes.sort((a, b) => a.id.localeCompare(b.id)).flatMap(({ messages }) => messages);
    },
  };
}
