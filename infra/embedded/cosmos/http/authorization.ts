import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { IdentityTokens } from '../../identity/identity-tokens.ts';
import { CosmosError } from '../errors.ts';

/** The service refuses a token whose date is further away than this. */
const tolerance = 15 * 60 * 1000;

/** How many signatures are remembered. */
const mostKnown = 1000;

/** The account's key, and what was signed with it of late: clients send a signature again as long as its date is the same. */
export class MasterKey {
  readonly #key: KeyObject;
  readonly #known = new Map<string, string>();

  constructor(base64: string) {
    this.#key = createSecretKey(Buffer.from(base64, 'base64'));
  }

  /** Whether the signature, in base64, is this key's for the text. */
  hasSigned(text: string, signature: string): boolean {
    if (this.#known.get(signature) === text) return true;
    const given = Buffer.from(signature, 'base64');
    const expected = createHmac('sha256', this.#key).update(text).digest();
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(signature, text);
    return true;
  }
}

/** Who is let in. */
export interface Gate {
  readonly key: MasterKey;
  /** Whose tokens are taken instead of signatures; without them, none are. */
  readonly identities: IdentityTokens | undefined;
}

/** What is asked for, and by what right. */
interface Signed {
  readonly method: string;
  readonly segments: readonly string[];
  readonly headers: IncomingHttpHeaders;
}

/**
 * Checks the master-key signature of a request, or the token of an identity. An identity may do here what the key may.
 *
 * @see https://learn.microsoft.com/rest/api/cosmos-db/access-control-on-cosmosdb-resources
 * @throws CosmosError 401 when the token is missing, malformed, stale, or signed with another key.
 */
export async function authorize({ key, identities }: Gate, request: Signed): Promise<void> {
  const { type, signature } = tokenIn(request.headers);
  if (type === 'master') checkSignature(key, request, signature);
  else if (type !== 'aad' || identities === undefined)
    throw unauthorized('The input authorization token is of a kind that this server does not take.');
  else if ((await identities.identityIn(signature)) === undefined)
    throw unauthorized('The input authorization token is of nobody that this server knows, or is over.');
}

function checkSignature(key: MasterKey, { method, segments, headers }: Signed, signature: string): void {
  const date = dateOf(headers);
  if (!(Math.abs(Date.now() - Date.parse(date)) <= tolerance)) {
    throw unauthorized(`The authorization token is not valid at the current time: its date is '${date}'.`);
  }
  if (!key.hasSigned(signedText(method, segments, date), signature)) {
    throw unauthorized(
      "The input authorization token can't serve the request. The wrong key is being used or the expected payload is not built as per the protocol.",
    );
  }
}

function signedText(method: string, segments: readonly string[], date: string): string {
  // A path of odd length ends in a resource type (a feed of its parent), one of even length in an id.
  const isFeed = segments.length % 2 === 1;
  const type = segments.at(isFeed ? -1 : -2) ?? '';
  const link = (isFeed ? segments.slice(0, -1) : segments).join('/');
  return `${method.toLowerCase()}\n${type.toLowerCase()}\n${link}\n${date.toLowerCase()}\n\n`;
}

function dateOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-ms-date'];
  return typeof given === 'string' ? given : (headers.date ?? '');
}

function tokenIn({ authorization }: IncomingHttpHeaders): { readonly type: string; readonly signature: string } {
  if (authorization === undefined)
    throw unauthorized('Required Header authorization is missing. Ensure a valid Authorization token is passed.');
  const [, type, signature] = /^type=([^&]*)&ver=1\.0&sig=(.+)$/.exec(decoded(authorization)) ?? [];
  if (type === undefined || signature === undefined) throw unauthorized('The input authorization token is malformed.');
  return { type, signature };
}

function decoded(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    // Not percent-encoded as the protocol wants it.
    throw unauthorized('The input authorization token is malformed.');
  }
}

const unauthorized = (message: string) => new CosmosError(401, message);
