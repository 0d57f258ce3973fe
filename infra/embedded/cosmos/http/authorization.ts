import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { CosmosError } from '../errors.ts';

/** The service refuses a token whose date is further away than this. */
const tolerance = 15 * 60 * 1000;

/** Prepares the account's base64 key for checking signatures. */
export function masterKey(base64: string): KeyObject {
  return createSecretKey(Buffer.from(base64, 'base64'));
}

/**
 * Checks the master-key signature of a request.
 *
 * @see https://learn.microsoft.com/rest/api/cosmos-db/access-control-on-cosmosdb-resources
 * @throws CosmosError 401 when the token is missing, malformed, stale, or signed with another key.
 */
export function authorize(
  key: KeyObject,
  method: string,
  segments: readonly string[],
  headers: IncomingHttpHeaders,
): void {
  const token = headers.authorization;
  if (token === undefined) {
    throw unauthorized('Required Header authorization is missing. Ensure a valid Authorization token is passed.');
  }
  const date = dateOf(headers);
  if (!(Math.abs(Date.now() - Date.parse(date)) <= tolerance)) {
    throw unauthorized(`The authorization token is not valid at the current time: its date is '${date}'.`);
  }
  const given = signatureOf(token);
  const expected = createHmac('sha256', key)
    .update(signedText(method, segments, date))
    .digest();
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
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

function signatureOf(token: string): Buffer {
  let decoded: string;
  try {
    decoded = decodeURIComponent(token);
  } catch {
    // Not percent-encoded as the protocol wants it.
    throw unauthorized('The input authorization token is malformed.');
  }
  const parts = /^type=([^&]*)&ver=1\.0&sig=(.+)$/.exec(decoded);
  if (parts?.[1] !== 'master' || parts[2] === undefined) {
    throw unauthorized('The input authorization token is no master-key token, the only kind this server takes.');
  }
  return Buffer.from(parts[2], 'base64');
}

const unauthorized = (message: string) => new CosmosError(401, message);
