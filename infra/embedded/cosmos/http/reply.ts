import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { CosmosError } from '../errors.ts';

/** An answer before it is on the wire. The body is JSON text, so that a stored document passes through unparsed. */
export interface Reply {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer whose body is made from a value. */
export function jsonReply(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, body: JSON.stringify(value), headers };
}

/** The answer to a request that was refused: the body that the SDK turns into `ErrorResponse`. */
function errorReply(error: CosmosError, activityId: string): Reply {
  return {
    status: error.status,
    body: JSON.stringify({ code: error.code, message: `${error.message}\r\nActivityId: ${activityId}` }),
    headers: {
      'x-ms-request-charge': '1',
      'x-ms-activity-id': activityId,
      ...(error.substatus !== 0 && { 'x-ms-substatus': String(error.substatus) }),
      ...(error.retryAfterMs !== undefined && { 'x-ms-retry-after-ms': String(error.retryAfterMs) }),
    },
  };
}

/** The answer to whatever was thrown. What is no refusal is a defect of this server: 500, and told on stderr. */
export function replyToThrown(error: unknown): Reply {
  if (error instanceof CosmosError) return errorReply(error, randomUUID());
  console.error('The embedded Cosmos server failed on a request:', error);
  const message = error instanceof Error ? error.message : String(error);
  return errorReply(new CosmosError(500, `The embedded Cosmos server failed: ${message}`), randomUUID());
}

/** Writes an answer to the socket. */
export function send(response: ServerResponse, reply: Reply): void {
  const headers: Record<string, string | number> = {
    'x-ms-activity-id': randomUUID(),
    'x-ms-gatewayversion': 'version=2.14.0',
    'x-ms-serviceversion': 'version=2.14.0.0',
    ...reply.headers,
  };
  if (reply.body === undefined) {
    response.writeHead(
      reply.status,
      reply.status === 204 || reply.status === 304 ? headers : { ...headers, 'content-length': 0 },
    );
    response.end();
    return;
  }
  headers['content-type'] = 'application/json';
  headers['content-length'] = Buffer.byteLength(reply.body);
  response.writeHead(reply.status, headers);
  response.end(reply.body);
}
