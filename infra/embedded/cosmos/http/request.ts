import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { badRequest, type CosmosError, tooLarge } from '../errors.ts';
import { isDeeperThan } from '../json.ts';
import type { LateReader } from '../storage/past.ts';
import { segmentsOf } from './address.ts';

/** More than any request may have; what is longer is not kept. */
const mostBytes = 4 * 1024 * 1024;

/** A batch of the deepest documents, and still far from where a recursive function would run out of stack. */
const deepestLevel = 200;

/** A request that has arrived in full. */
export interface CosmosRequest {
  readonly method: string;
  /** The path, split and decoded. */
  readonly segments: readonly string[];
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** What a fault does to a part of it. */
  readonly refused?: RefusedPart | undefined;
  /** Whoever sent it sees the past, by a fault. */
  readonly lateReader?: LateReader | undefined;
}

/** One operation of a batch or bulk request, counted from 0, that a fault refuses. */
export interface RefusedPart {
  readonly position: number;
  readonly error: CosmosError;
}

/**
 * Waits for the whole of a request.
 * @throws CosmosError 400 for a broken path, 413 for a body that no request of the service may have.
 */
export function readRequest(message: IncomingMessage): Promise<CosmosRequest> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      // The rest of a body that is too long is read and forgotten, so that the connection stays of use.
      if (bytes <= mostBytes) chunks.push(chunk);
    });
    message.on('error', reject);
    message.on('end', () => {
      try {
        if (bytes > mostBytes) throw tooLarge();
        const body = Buffer.concat(chunks).toString();
        resolve({
          method: message.method ?? '',
          segments: segmentsOf(message.url ?? ''),
          headers: message.headers,
          body,
        });
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** @throws CosmosError 400 when the body is no JSON, or absurdly deep. */
export function parsePayload(body: string): unknown {
  let payload: unknown;
  try {
    payload = JSON.parse(body);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw badRequest(`The request payload is invalid. Ensure to provide a valid request payload: ${reason}`);
  }
  if (isDeeperThan(deepestLevel, payload)) throw badRequest('The request payload is invalid: it nests too deep.');
  return payload;
}

/** A header that comes once, or undefined. */
export function headerOf({ headers }: CosmosRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Whether a header says yes: the SDKs write `true` and `True`. */
export function isSet(request: CosmosRequest, name: string): boolean {
  return headerOf(request, name)?.toLowerCase() === 'true';
}
