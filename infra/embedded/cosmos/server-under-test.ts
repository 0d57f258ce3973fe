import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Container, type ContainerRequest, CosmosClient, type ErrorResponse } from '@azure/cosmos';
import { type CosmosServer, type CosmosServerOptions, startCosmosServer } from './server.ts';

/** A server with a folder of its own, and the real client at it. */
export interface ServerUnderTest extends AsyncDisposable {
  readonly server: CosmosServer;
  readonly file: string;
  readonly client: CosmosClient;
  /** A new container in a new database. */
  container(definition?: Partial<ContainerRequest>): Promise<Container>;
}

/** Starts a server for one test file, or one test. */
export async function startForTest(options: Partial<CosmosServerOptions> = {}): Promise<ServerUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'cosmos-'));
  const file = join(folder, 'cosmos.db');
  const server = await startCosmosServer({ file, ...options });
  const client = clientOf(server);
  let made = 0;
  return {
    server,
    file,
    client,
    async container(definition = {}) {
      made += 1;
      const { database } = await client.databases.create({ id: `database-${made}` });
      const { container } = await database.containers.create({
        id: 'things',
        partitionKey: '/boundary',
        ...definition,
      });
      return container;
    },
    async [Symbol.asyncDispose]() {
      client.dispose();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The client as the product sets it up against this server; with a name, which its user agent then ends in. */
export function clientOf({ endpoint, key }: Pick<CosmosServer, 'endpoint' | 'key'>, name = ''): CosmosClient {
  const connectionPolicy = { enableEndpointDiscovery: false };
  return new CosmosClient({ endpoint, key, userAgentSuffix: name, connectionPolicy });
}

/** What a call was refused with; fails when it was not. */
export async function refusalOf(call: Promise<unknown>): Promise<ErrorResponse> {
  try {
    await call;
  } catch (error) {
    // A batch that is refused as a whole comes wrapped.
    return ((error as Error).cause ?? error) as ErrorResponse;
  }
  throw new Error('The call was not refused.');
}

/** The indexing policy of the product's containers: nothing but these paths. */
export const onlyPaths = (...paths: string[]) => ({
  includedPaths: paths.map((path) => ({ path })),
  excludedPaths: [{ path: '/*' }],
});
