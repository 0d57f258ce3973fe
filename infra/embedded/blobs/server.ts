import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BlobError } from './blob-error.ts';
import { type Blob, BlobStore, type Condition } from './blob-store.ts';
import { escaped, listing, listQueryIn } from './listing.ts';

const loopback = '127.0.0.1';

export interface BlobServerOptions {
  /** The folder of the blobs; made when missing. */
  readonly dataDir: string;
  /** A free port when 0 or left out. */
  readonly port?: number;
  /** What callers show as the signature of their shared access. */
  readonly secret: string;
}

export interface BlobServer {
  readonly port: number;
  /** With it, a storage client reaches this server. */
  readonly connectionString: string;
  close(): Promise<void>;
}

const account = 'lagerhaus';

/**
 * So much of Azure Blob Storage as the Event Hubs trigger needs for its checkpoints: containers, blobs without content, their
 * metadata under ETags, lists. By shared access signature, which is not looked into: who knows it may do everything.
 */
export async function startBlobServer(options: BlobServerOptions): Promise<BlobServer> {
  const { dataDir, port = 0, secret } = options;
  const store = new BlobStore(dataDir);
  const server = createServer((request, response) => {
    request.resume(); // a body says nothing here
    try {
      serve(request, response, store, secret);
    } catch (error) {
      if (!(error instanceof BlobError)) throw error;
      const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${error.code}</Code><Message>${escaped(error.message)}</Message></Error>`;
      response.writeHead(error.status, { 'content-type': 'application/xml', 'x-ms-error-code': error.code }).end(body);
    }
  });
  server.listen(port, loopback);
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  return {
    port: bound,
    connectionString: `BlobEndpoint=http://${loopback}:${bound}/${account};SharedAccessSignature=sig=${encodeURIComponent(secret)}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function serve(request: IncomingMessage, response: ServerResponse, store: BlobStore, secret: string): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
  if (searchParams.get('sig') !== secret)
    throw new BlobError('AuthenticationFailed', 'the signature of the shared access is not the one expected');
  const [, , container = '', ...rest] = pathname.split('/').map(decodeURIComponent);
  const name = rest.join('/');
  const what = [request.method, searchParams.get('restype'), searchParams.get('comp')].filter(Boolean).join(' ');
  const operation = operations.get(what);
  if (operation === undefined)
    throw new BlobError('NotImplemented', `the embedded blob server does not support ${what}`);
  operation.serve({ request, response, store, container, name, query: searchParams });
}

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly store: BlobStore;
  readonly container: string;
  /** Of the blob. */
  readonly name: string;
  readonly query: URLSearchParams;
}

interface Operation {
  readonly does: string;
  readonly serve: (call: Call) => void;
}

/** What this server can do, by method, `restype` and `comp`. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  [
    'PUT container',
    {
      does: 'creates a container',
      serve({ response, store, container }) {
        store.createContainer(container);
        response.writeHead(201).end();
      },
    },
  ],
  [
    'GET container list',
    {
      does: 'lists the blobs of a container with their metadata (`prefix`, `delimiter`; by pages: `maxresults`, `marker`)',
      serve({ response, store, container, query }) {
        const wished = listQueryIn(query);
        const blobs = store.list(container, wished.prefix);
        response.writeHead(200, { 'content-type': 'application/xml' }).end(listing(container, blobs, wished));
      },
    },
  ],
  [
    'PUT',
    {
      does: 'makes a blob, or replaces it; its content is not kept (`If-Match`, `If-None-Match: *`)',
      serve({ request, response, store, container, name }) {
        written(response, 201, store.put(container, name, metadataIn(request), conditionIn(request)));
      },
    },
  ],
  [
    'PUT metadata',
    {
      does: 'replaces the metadata of a blob (`If-Match`)',
      serve({ request, response, store, container, name }) {
        written(response, 200, store.setMetadata(container, name, metadataIn(request), conditionIn(request)));
      },
    },
  ],
] satisfies [string, Operation][]);

function metadataIn({ headers }: IncomingMessage): Blob['metadata'] {
  const own = Object.entries(headers).filter(([header]) => header.startsWith('x-ms-meta-'));
  return Object.fromEntries(own.map(([header, value]) => [header.slice('x-ms-meta-'.length), String(value)]));
}

function conditionIn({ headers }: IncomingMessage): Condition {
  return { ifMatch: headers['if-match']?.replaceAll('"', ''), ifNew: headers['if-none-match'] === '*' };
}

function written(response: ServerResponse, status: number, { etag, lastModified }: Blob): void {
  response.writeHead(status, { etag: `"${etag}"`, 'last-modified': lastModified.toUTCString() }).end();
}
