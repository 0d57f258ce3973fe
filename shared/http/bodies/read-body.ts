import type { z } from 'zod';
import { cutText } from '../../cut-text.ts';
import type { IncomingRequest } from '../incoming.ts';
import { invalid, Problem } from '../problems/problem.ts';
import type { BodyFormat } from './body-format.ts';
import { decodeText } from './decode-text.ts';
import { receivedFile } from './file.ts';

/** Which bodies an endpoint takes. */
export interface BodyRules<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly accepts: readonly [BodyFormat, ...BodyFormat[]];
  readonly maxBytes: number;
}

/**
 * The body of a request. An empty one stands for `{}` where the schema needs nothing.
 *
 * @throws Problem 411 for a body in chunks, 413 past its limit, 415 for a media type, charset or coding that is not taken, 400
 * for one that breaks its format or is no text, 422 for one that breaks the schema.
 */
export async function readBody<Schema extends z.ZodType>(
  request: IncomingRequest,
  { schema, accepts, maxBytes }: BodyRules<Schema>,
): Promise<z.output<Schema>> {
  refuseTooLarge(Number(request.headers.get('content-length') ?? 0), maxBytes);
  refuseEncoded(request);
  const bytes = new Uint8Array(await request.arrayBuffer());
  refuseTooLarge(bytes.length, maxBytes);
  const sent =
    bytes.length === 0 ? readEmpty(request, schema, accepts[0]) : readAs(formatOf(request, accepts), bytes, request);
  const result = schema.safeParse(sent);
  if (!result.success) throw invalid('body', result.error);
  return result.data;
}

function refuseTooLarge(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes || Number.isNaN(bytes)) return;
  throw new Problem(413, 'body-too-large', `Here a body has at most ${maxBytes} bytes; this one has ${bytes}.`);
}

/** Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16 */
function refuseEncoded({ headers }: IncomingRequest): void {
  const coding = headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity') return;
  const said = `Send the body as it is: Content-Encoding ${cutText(coding, 40)} is not taken.`;
  throw new Problem(415, 'unsupported-media-type', said, { headers: { 'accept-encoding': 'identity' } });
}

/** The Functions host hands on no body of a request without Content-Length (azure-functions-nodejs-worker, issue 524). */
function readEmpty({ headers }: IncomingRequest, schema: z.ZodType, format: BodyFormat): unknown {
  if (/chunked/i.test(headers.get('transfer-encoding') ?? ''))
    throw new Problem(411, 'length-required', 'Send the body with Content-Length: in chunks it does not arrive here.');
  if (schema.safeParse({}).success) return {};
  return format.kind === 'text' ? format.parse('') : receivedFile(new Uint8Array(), format.mediaType);
}

function readAs(format: BodyFormat, bytes: Uint8Array, { headers }: IncomingRequest): unknown {
  const type = headers.get('content-type') ?? '';
  return format.kind === 'text' ? format.parse(decodeText(bytes, type)) : receivedFile(bytes, format.mediaType);
}

function formatOf({ headers }: IncomingRequest, accepts: readonly BodyFormat[]): BodyFormat {
  const type = headers.get('content-type') ?? '';
  const [mediaType = ''] = type.toLowerCase().split(';');
  const format = accepts.find((one) => one.isNamedBy(mediaType.trim()));
  if (format !== undefined) return format;
  const taken = accepts.map((one) => one.mediaType).join(' or ');
  throw new Problem(
    415,
    'unsupported-media-type',
    `Send ${taken}; this body is '${type === '' ? 'of no type' : cutText(type, 100)}'.`,
  );
}
