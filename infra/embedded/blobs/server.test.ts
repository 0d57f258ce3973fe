import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PartitionOwnership } from '@azure/event-hubs';
import { BlobCheckpointStore } from '@azure/eventhubs-checkpointstore-blob';
import { ContainerClient } from '@azure/storage-blob';
import { expect, it, onTestFinished } from 'vitest';
import { startBlobServer } from './server.ts';

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'blobs-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

async function start(dataDir = folder()) {
  const server = await startBlobServer({ dataDir, secret: 'a+b=' });
  onTestFinished(() => server.close().catch(() => undefined));
  const container = new ContainerClient(server.connectionString, 'checkpoints', { retryOptions: { maxTries: 1 } });
  return { server, container, store: new BlobCheckpointStore(container) };
}

const place = { fullyQualifiedNamespace: 'NS.example', eventHubName: 'Orders', consumerGroup: 'inventory-on-orders' };
const ownership = (ownerId: string, etag = ''): PartitionOwnership => ({ ...place, partitionId: '3', ownerId, etag });

it('keeps checkpoints, each under a name in lower case, over a restart', async () => {
  const dataDir = folder();
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

it('gives a partition to one of two who claim it at once', async () => {
  const { container, store } = await start();
  await container.createIfNotExists();
  const [claimed] = await store.claimOwnership([ownership('one')]);
  expect(await store.claimOwnership([ownership('two', claimed?.etag)])).toHaveLength(1);
  expect(await store.claimOwnership([ownership('three', claimed?.etag)])).toEqual([]);
  const { fullyQualifiedNamespace, eventHubName, consumerGroup } = place;
  const owned = await store.listOwnership(fullyQualifiedNamespace, eventHubName, consumerGroup);
  expect(owned.map(({ ownerId }) => ownerId)).toEqual(['two']);
});

it('tells strangers apart, and what it cannot do', async () => {
  const { server, container } = await start();
  await expect(container.getProperties()).rejects.toMatchObject({ statusCode: 501 });
  const stranger = new ContainerClient(server.connectionString.replace('a%2Bb', 'x'), 'checkpoints');
  await expect(stranger.createIfNotExists()).rejects.toMatchObject({ statusCode: 403 });
});
