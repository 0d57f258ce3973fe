import type { IncomingMessage } from 'node:http';
import { RequestRefusedError } from './request.ts';

/** How slowly a body may come, in ticks: a process that stands still for a while does not blame its clients. */
export interface Pace {
  readonly tickMs: number;
  readonly bytesPerTick: number;
  /** For so many it may be slower. */
  readonly graceTicks: number;
}

/**
 * As Kestrel has it, which is the server of the real host
 * (https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.server.kestrel.core.kestrelserverlimits.minrequestbodydatarate).
 */
const slowestPace: Pace = { tickMs: 1_000, bytesPerTick: 240, graceTicks: 5 };

/**
 * Reads the body.
 *
 * @returns undefined without a Content-Length: the host passes the body of a chunked request to no Node function
 * (https://github.com/Azure/azure-functions-nodejs-worker/issues/524).
 * @throws RequestRefusedError with 413 when it is larger than the limit, before any of it is read; with 408 when it comes too slowly.
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  pace = slowestPace,
): Promise<Buffer | undefined> {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > limit) throw new RequestRefusedError(413, `The body has ${length} bytes; ${limit} are allowed.`);
  if (length === 0) {
    request.resume();
    return undefined;
  }
  const chunks: Buffer[] = [];
  let received = 0;
  const { promise: whole, resolve, reject } = Promise.withResolvers<Buffer>();
  request.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    received += chunk.length;
  });
  request.once('end', () =>
    resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
  );
  request.once('error', reject);
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
    if (ticks > pace.graceTicks && received < ticks * pace.bytesPerTick)
      reject(new RequestRefusedError(408, `The body comes too slowly: ${received} of ${length} bytes so far.`));
  }, pace.tickMs);
  try {
    return await whole;
  } finally {
    clearInterval(timer);
  }
}
