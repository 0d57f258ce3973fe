import { type CosmosServerOptions, startCosmosServer } from '../../embedded/cosmos/server.ts';
import { runInThread } from './run-in-thread.ts';

export interface CosmosAddress {
  readonly port: number;
  readonly endpoint: string;
}

await runInThread<CosmosServerOptions, CosmosAddress>(async (options, gate) => {
  const server = await startCosmosServer({ ...options, ...gate });
  const address = { port: Number(new URL(server.endpoint).port), endpoint: server.endpoint };
  return { address, close: () => server.close() };
});
