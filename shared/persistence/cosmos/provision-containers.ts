import type { ContainerDefinition, Database } from '@azure/cosmos';
import { indexingPolicyOf, type ListIndexes } from './indexing-policy.ts';

/** A container to be made. */
export interface ContainerPlan {
  readonly name: string;
  readonly indexes?: ListIndexes | undefined;
}

type IndexingPolicy = ReturnType<typeof indexingPolicyOf>;

/** Makes the database and the containers where they are missing, and brings the indexes of those that are there up to date. */
export async function provisionContainers(database: Database, plans: readonly ContainerPlan[]): Promise<void> {
  await database.client.databases.createIfNotExists({ id: database.id });
  for (const { name, indexes } of plans) {
    const indexingPolicy = indexingPolicyOf(indexes);
    const { container, resource } = await database.containers.createIfNotExists({
      id: name,
      partitionKey: { paths: ['/boundary'], version: 2 },
      defaultTtl: -1,
      indexingPolicy,
    });
    if (resource !== undefined && !serves(resource, indexingPolicy))
      await container.replace({ ...resource, indexingPolicy });
  }
}

/** Whether a container has every index of the policy. What it has beyond them may be somebody's own. */
function serves({ indexingPolicy: present }: ContainerDefinition, wanted: IndexingPolicy): boolean {
  const paths = new Set(present?.includedPaths?.map(({ path }) => path));
  const keyOf = (index: readonly { readonly path: string }[]) => index.map(({ path }) => path).join();
  const composites = new Set(present?.compositeIndexes?.map(keyOf));
  return (
    wanted.includedPaths.every(({ path }) => paths.has(path)) &&
    wanted.compositeIndexes.every((index) => composites.has(keyOf(index)))
  );
}
