import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PartitionOwnership } from '@azure/event-hubs';
import { BlobCheckpointStore } from '@azure/eventhubs-checkpointstore-blob';
import { ContainerClient } from '@azure/storage-blob';
import { expect, it, onTestFinished } from 'vitest';

/** A blob server, whoever made it. */
export interface BlobServerUnderTest {
  readonly connectionString: string;
  /** As one that does not know the secret would have it. */
  readonly strangersConnectionString: string;
  close(): Promise<void>;
}

const place = { fullyQualifiedNamespace: 'NS.example', eventHubName: 'Orders', consumerGroup: 'inventory-on-orders' };
const ownership = (ownerId: string, etag = ''): PartitionOwnership => ({ ...place, partitionId: '3', ownerId, etag });

export function temporaryFolder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'blobs-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A client that gives up at once, so that a refusal is seen as it is. */
export function containerAt(connectionString: string): ContainerClient {
  return new ContainerClient(connectionString, 'checkpoints', { retryOptions: { maxTries: 1 } });
}

/** What the Event Hubs trigger needs of blob storage: the same tests for the embedded server and for Azurite. */
export function checkpointTests(startIn: (dataDir: string) => Promise<BlobServerUnderTest>): void {
  async function start(dataDir = temporaryFolder()) {
    const server = await startIn(dataDir);
    onTestFinished(() => server.close().catch(() => undefined));
    const container = containerAt(server.connectionString);
    return { server, container, store: new BlobCheckpointStore(container) };
  }

  it('checkpoints survive a restart, each under a name in lower case', async () => {
    const dataDir = temporaryFolder();
    const first = await start(dataDir);
    await first.container.createIfNotExists();
    await first.container.createIfNotExists();
    await first.store.updateCheckpoint({ ...place, partitionId: '3', sequenceNumber: 7, offset: '700' });
    await first.store.updateCheckpoint({ ...place, partitionId: '3', sequenceNumber: 8, offset: '800' });
    await first.server.close();

    const { store, container } = await start(dataDir);
    const { fullyQualifiedNamespace, eventHubName, consumerGroup } = place;
    expect(await store.listCheckpoints(fullyQualifiedNamespace, eventHubName, consumerGroup)).toEqual([
      { ...place, partitionId: '3', sequenceNumber: 8, offset: '800' },
    ]);
    const names: string[] = [];
    for await (const { name } of container.listBlobsFlat()) names.push(name);
    expect(names).toEqual(['ns.example/orders/inventory-on-orders/checkpoint/3']);
  });

  it('a list of blobs comes in pages of the size that was asked for', async () => {
    const { container, store } = await start();
    await container.createIfNotExists();
    for (const partitionId of ['1', '2', '3', '4', '5'])
      await store.updateCheckpoint({ ...place, partitionId, sequenceNumber: 7, offset: '700' });
    const pages: string[] = [];
    for await (const { segment } of container.listBlobsFlat().byPage({ maxPageSize: 2 }))
      pages.push(segment.blobItems.map(({ name }) => name.at(-1)).join());
    expect(pages).toEqual(['1,2', '3,4', '5']);
  });

  it('a list of blobs by a delimiter has what names begin with up to there', async () => {
    const { container, store } = await start();
    await container.createIfNotExists();
    await store.updateCheckpoint({ ...place, partitionId: '1', sequenceNumber: 7, offset: '700' });
    await store.claimOwnership([ownership('one')]);
    const group = 'ns.example/orders/inventory-on-orders/';
    const entries: string[] = [];
    for await (const { kind, name } of container.listBlobsByHierarchy('/', { prefix: group }))
      entries.push(`${kind} ${name}`);
    expect(entries).toEqual([`prefix ${group}checkpoint/`, `prefix ${group}ownership/`]);
    const blobs: string[] = [];
    for await (const { kind, name } of container.listBlobsByHierarchy('/', { prefix: `${group}checkpoint/` }))
      blobs.push(`${kind} ${name}`);
    expect(blobs).toEqual([`blob ${group}checkpoint/1`]);
  });

  it('a partition that two clients claim at once is owned by one of them', async () => {
    const { container, store } = await start();
    await container.createIfNotExists();
    const [claimed] = await store.claimOwnership([ownership('one')]);
    expect(await store.claimOwnership([ownership('two', claimed?.etag)])).toHaveLength(1);
    expect(await store.claimOwnership([ownership('three', claimed?.etag)])).toEqual([]);
    const { fullyQualifiedNamespace, eventHubName, consumerGroup } = place;
    const owned = await store.listOwnership(fullyQualifiedNamespace, eventHubName, consumerGroup);
    expect(owned.map(({ ownerId }) => ownerId)).toEqual(['two']);
  });

  it('a client with a wrong secret is refused with 403', async () => {
    const { server } = await start();
    const stranger = containerAt(server.strangersConnectionString);
    await expect(stranger.createIfNotExists()).rejects.toMatchObject({ statusCode: 403 });
  });
}
