import { canonicalJson } from '../../canonical-json.ts';
import type { Endpoint } from '../../capabilities/endpoint.ts';
import { isReceivedFile } from '../../http/bodies/file.ts';
import { hashOf } from '../../ids.ts';
import { keyedHash } from '../../security/keyed-hash.ts';
import type { SigningKeys } from '../../security/signing-keys.ts';
import type { Input } from './read-input.ts';

/** What a request asks for, and under which key. */
export interface MeantRequest {
  readonly input: Input;
  readonly key: string;
}

/**
 * What a request is known by when it comes again: what was meant, which is what the schemas make of path, query and body, and
 * not how it was written; a file by its hash. The first of them is to be stored. The key is in it and is stored nowhere, but it may be guessed:
 * so what has a secret in it is hashed with a key of the app. The keys before it are tried, too, since they rotate.
 */
export function fingerprintsOf(
  { takesSecret }: Pick<Endpoint, 'takesSecret'>,
  { input: { params, query, body }, key }: MeantRequest,
  signingKeys: () => SigningKeys,
): readonly [string, ...string[]] {
  const meant = [key, canonicalJson([params, query, isReceivedFile(body) ? { ...body, bytes: undefined } : body])];
  if (!takesSecret) return [hashOf(meant)];
  const [first, ...older] = signingKeys().keys.map((one) => keyedHash(one, 'idempotency-key', meant));
  if (first === undefined) throw new Error('there is no key to hash a secret with');
  return [first, ...older];
}
