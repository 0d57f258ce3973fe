// The program of the container `cosmos` in compose.yaml: the Cosmos server of `npm start`, alone.
import { z } from 'zod';
import { startCosmosServer } from '../../embedded/cosmos/server.ts';

const Environment = z.object({
  COSMOS_HOST: z.string(),
  COSMOS_PORT: z.coerce.number().int(),
  COSMOS_KEY: z.base64(),
  COSMOS_FILE: z.string(),
});

const { COSMOS_HOST: host, COSMOS_PORT: port, COSMOS_KEY: key, COSMOS_FILE: file } = Environment.parse(process.env);
const server = await startCosmosServer({ file, host, port, key });
console.log(`The Cosmos server listens on ${server.endpoint}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
