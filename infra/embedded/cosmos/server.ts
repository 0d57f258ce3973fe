import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultGate } from '../faults/gate.ts';
import { IdentityTokens } from '../identity/identity-tokens.ts';
import { MasterKey } from './http/authorization.ts';
import { createListener } from './http/listener.ts';
import type { ConsistencyLevel } from './model/consistency.ts';
import { startExpiry } from './storage/expiry.ts';
import { startForgetting } from './storage/forgetting.ts';
import { openStorage } from './storage/storage.ts';

/**
 * The key of the Azure Cosmos DB emulator, the same everywhere and no secret.
 * @see https://learn.microsoft.com/azure/cosmos-db/emulator#authentication
 */
export const emulatorKey = 'C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==';

/** Far longer than any client keeps an idle connection: it is the client that gives up first, never mid-request. */
const keepAliveMs = 10 * 60 * 1000;

/** An id of 1,023 characters takes nine bytes each in a path, and its partition key as many in a header. */
const mostHeaderBytes = 64 * 1024;

export interface CosmosServerOptions {
  /** SQLite database file; its folder is made when missing. `:memory:` keeps nothing. */
  readonly file: string;
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  /** A free one unless given. */
  readonly port?: number;
  /** Base64 master key; the emulator's unless given. */
  readonly key?: string;
  /** By which tokens of identities are signed that it takes too; without it, it takes none. */
  readonly identitySecret?: string;
  /** The account's default consistency; Strong unless given. It decides what reads cost: each sees every write before it. */
  readonly consistency?: ConsistencyLevel;
  /** Where tests let faults in. */
  readonly faults?: FaultGate;
}

export interface CosmosServer {
  readonly endpoint: string;
  readonly key: string;
  /** Takes no more requests, lets go of connections and closes the file. */
  close(): Promise<void>;
}

/**
 * Starts a server that speaks the REST protocol of Azure Cosmos DB for NoSQL over plain HTTP.
 *
 * What it acknowledged is in the file and outlives the process. What it does not support it answers with 400, naming it.
 *
 * @throws Error when the file cannot be used (one line that says what to do) or the port is taken (`EADDRINUSE`).
 */
export async function startCosmosServer(options: CosmosServerOptions): Promise<CosmosServer> {
  const { file, host = '127.0.0.1', port = 0, key = emulatorKey, consistency = 'Strong', faults } = options;
  const { identitySecret: secret } = options;
  const { sqlite, catalog } = openStorage(file);
  const server = createServer({ keepAliveTimeout: keepAliveMs, maxHeaderSize: mostHeaderBytes });
  try {
    server.listen(port, host);
    await once(server, 'listening');
    const endpoint = `http://${host}:${(server.address() as AddressInfo).port}/`;
    let closed = false;
    server.on(
      'request',
      createListener({
        service: { sqlite, catalog, consistency },
        gate: { key: new MasterKey(key), identities: secret === undefined ? undefined : new IdentityTokens(secret) },
        faults,
        isClosed: () => closed,
      }),
    );
    const stopExpiry = startExpiry(catalog);
    const stopForgetting = startForgetting(sqlite);
    return {
      endpoint,
      key,
      async close() {
        if (closed) return;
        closed = true;
        stopExpiry();
        const stopped = once(server, 'close');
        server.close();
        server.closeAllConnections();
        await Promise.all([stopped, stopForgetting()]);
        sqlite.close();
      },
    };
  } catch (error) {
    sqlite.close();
    throw error;
  }
}
