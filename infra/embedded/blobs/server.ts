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
 * So much of Azure Blob Storage as the product and the Event Hubs trigger need: containers, block blobs of one piece, their metadata
 * under ETags, lists. By shared access signature, which is not looked into: who knows it may do everything.
 */
export async function startBlobServer(options: BlobServerOptions): Promise<BlobServer> {
  const { dataDir, port = 0, secret } = options;
  const store = new BlobStore(dataDir);
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      await serve(request, response, store, secret);
    } catch (error) {
      request.resume();
      if (!(error instanceof BlobError)) throw error;
      const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${error.code}</Code><Message>${escaped(error.message)}</Message></Error>`;
      response.writeHead(error.status, { 'content-type': 'application/xml', 'x-ms-error-code': error.code }).end(body);
    }
  };
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

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  store: BlobStore,
  secret: string,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
  if (searchParams.get('sig') !== secret)
    throw new BlobError('AuthenticationFailed', 'the signature of the shared access is not the one expected');
  const [, , container = '', ...rest] = pathname.split('/').map(decodeURIComponent);
  const name = rest.join('/');
  const what = [request.method, searchParams.get('restype'), searchParams.get('comp')].filter(Boolean).join(' ');
  const operation = operations.get(what);
  if (operation === undefined)
    throw new BlobError('NotImplemented', `the embedded blob server does not support ${what}`);
  const bytes = await bodyOf(request);
  operation.serve({ request, bytes, response, store, container, name, query: searchParams });
}

interface Call {
  readonly request: IncomingMessage;
  /** Its body. */
  readonly bytes: Uint8Array;
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
      does: 'makes a block blob of one piece, or replaces it (`If-Match`, `If-None-Match: *`; at most 16 MiB)',
      serve({ request, bytes, response, store, container, name }) {
        const content = { bytes, contentType: String(request.headers['x-ms-blob-content-type'] ?? octets) };
        const wished = { content, metadata: metadataIn(request), condition: conditionIn(request) };
        written(response, 201, store.put(container, name, wished));
      },
    },
  ],
  [
    'GET',
    {
      does: 'answers a blob, whole, with its metadata',
      serve({ response, store, container, name }) {
        const { blob, bytes } = store.read(container, name);
        response.writeHead(200, { ...headersOf(blob), 'content-length': bytes.length }).end(bytes);
      },
    },
  ],
  [
    'DELETE',
    {
      does: 'removes a blob',
      serve({ response, store, container, name }) {
        store.remove(container, name);
        response.writeHead(202).end();
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

const octets = 'application/octet-stream';

function headersOf({ etag, lastModified, metadata, contentType }: Blob): Readonly<Record<string, string>> {
  const own = Object.entries(metadata).map(([name, value]) => [`x-ms-meta-${name}`, value] as const);
  return {
    ...Object.fromEntries(own),
    etag: `"${etag}"`,
    'last-modified': lastModified.toUTCString(),
    'content-type': contentType,
    'x-ms-blob-type': 'BlockBlob',
  };
}

/** Nobody here sends more at once. */
const largestBody = 16 * 1024 * 1024;

/** @throws BlobError when it is too large: what is read of it by then is dropped. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > largestBody) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > largestBody) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): BlobError {
  return new BlobError('RequestBodyTooLarge', `a blob has at most ${largestBody} bytes here`);
}
