import type { z } from 'zod';
import type { IncomingRequest } from './incoming.ts';
import { invalid, Problem } from './problem.ts';

/** A body as it was sent, and as its schema reads it. */
export interface ReadBody<Body> {
  readonly text: string;
  readonly body: Body;
}

const maxBytes = 1024 * 1024;

/**
 * The JSON body of a request.
 *
 * @throws Problem 411 for a body in chunks, 413 past 1 MiB, 415 for another media type, 400 for broken JSON, 422 for JSON
 * that breaks the schema.
 */
export async function readBody<Schema extends z.ZodType>(
  request: IncomingRequest,
  schema: Schema,
): Promise<ReadBody<z.output<Schema>>> {
  const bytes = Buffer.from(await request.arrayBuffer());
  if (bytes.length > maxBytes)
    throw new Problem(413, 'body-too-large', `A body has at most ${maxBytes} bytes; this one has ${bytes.length}.`);
  const text = bytes.toString('utf8');
  if (text === '') refuseChunked(request);
  else refuseOtherMedia(request);
  const result = schema.safeParse(text === '' && schema.safeParse({}).success ? {} : parsed(text));
  if (!result.success) throw invalid('body', result.error);
  return { text, body: result.data };
}

function refuseOtherMedia({ headers }: IncomingRequest): void {
  const type = headers.get('content-type') ?? '';
  if (/^application\/([a-z0-9.-]+\+)?json\s*(;|$)/i.test(type)) return;
  throw new Problem(
    415,
    'unsupported-media-type',
    `Send application/json; this body is '${type === '' ? 'of no type' : type}'.`,
  );
}

/** The Functions host hands on no body of a request without Content-Length (azure-functions-nodejs-worker, issue 524). */
function refuseChunked({ headers }: IncomingRequest): void {
  if (!/chunked/i.test(headers.get('transfer-encoding') ?? '')) return;
  throw new Problem(411, 'length-required', 'Send the body with Content-Length: in chunks it does not arrive here.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem(
      400,
      'broken-json',
      text === '' ? 'A JSON body is needed; this one is empty.' : `The body is not JSON: ${String(error)}`,
    );
  }
}
