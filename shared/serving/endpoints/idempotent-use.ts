import { type Endpoint, takesIdempotencyKey } from '../../capabilities/endpoint.ts';
import type { IncomingRequest, OutgoingResponse } from '../../http/incoming.ts';
import { Problem } from '../../http/problems/problem.ts';
import { type NewId, repeatableIds } from '../../ids.ts';
import { answerId, StoredAnswer } from '../../persistence/commit/stored-answer.ts';
import type { UnitOfWork } from '../../persistence/commit/unit-of-work.ts';
import type { DocumentContainer } from '../../persistence/documents/document-container.ts';
import type { Reader } from '../../persistence/reading/reader.ts';
import type { Principal } from '../../security/principal.ts';
import type { SigningKeys } from '../../security/signing-keys.ts';
import { KeyClaim } from './key-claim.ts';
import type { Input } from './read-input.ts';
import { fingerprintsOf } from './request-fingerprint.ts';

/** The request was answered before: this is the answer. */
export class StoredAnswerFoundError extends Error {
  override readonly name = 'StoredAnswerFoundError';
  readonly response: OutgoingResponse;

  constructor(response: OutgoingResponse) {
    super('the request was answered before');
    this.response = response;
  }
}

/** A unit of work and the stored boundary that it writes. */
export interface OpenedWork {
  readonly boundary: string;
  readonly work: UnitOfWork;
}

/**
 * What an `Idempotency-Key` does for one request; without a key, nothing.
 * Source: https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export interface IdempotentUse {
  /** What the request is known by when it comes again; without a key, nothing. */
  readonly knownBy: string | undefined;
  /** Makes the ids of one run of the handler; with a key, each run and each repeat makes the same ones. */
  readonly newIds: () => NewId;
  /** @throws StoredAnswerFoundError when the answer is there already; Problem 422 when the key is another request's. */
  readonly refuseRepeat: () => Promise<void>;
  /**
   * Claims the key, and has the answer written with the commit of this work.
   *
   * @throws StaleStateError when another claimed it meanwhile; Problem 422 when it is another request's.
   */
  readonly keep: (response: OutgoingResponse, opened: OpenedWork) => Promise<void>;
  /** The same for a part of the request, which is answered by itself. */
  readonly ofPart: (name: string) => PartUse;
}

/** What the key of a request does for one part of it. */
export interface PartUse extends Pick<IdempotentUse, 'newIds'> {
  /** What the part came to, where it was done before. */
  readonly keptIn: (boundary: string) => Promise<string | undefined>;
  /** As `IdempotentUse.keep`. */
  readonly keep: (result: string, opened: OpenedWork) => Promise<void>;
}

/** Where a request runs, and what its key needs there. */
export interface KeyStage {
  readonly caller: Principal;
  readonly container: DocumentContainer;
  readonly reader: Reader;
  /** Opens a unit of work in a boundary of the caller's tenant. */
  readonly open: (boundary: string) => UnitOfWork;
  readonly newId: NewId;
  readonly signingKeys: () => SigningKeys;
  readonly retentionMs: number;
}

const keyPattern = /^[\x21-\x7e]{1,255}$/;

/**
 * On a public route an answer is kept no longer than this: whoever guesses a key and all else that somebody sent under it could
 * try out their password by repeating the request. It is long enough for whoever lost an answer.
 */
const mostOnPublicRoutesMs = 10 * 60_000;

export function idempotentUse(
  endpoint: Endpoint,
  { headers }: Pick<IncomingRequest, 'headers'>,
  input: Input,
  stage: KeyStage,
): IdempotentUse {
  const key = takesIdempotencyKey(endpoint) ? headers.get('idempotency-key') : null;
  if (key === null) return withoutKey(stage.newId);
  if (!keyPattern.test(key))
    throw new Problem(400, 'invalid-idempotency-key', 'An Idempotency-Key is 1 to 255 visible ASCII characters.');

  const isPublic = endpoint.roles === 'public';
  const { caller, container, open, retentionMs } = stage;
  const fingerprints = fingerprintsOf(endpoint, { input, key }, stage.signingKeys);
  // Nobody is told from anybody there but by what they send: another request under the key is another use of it.
  const who = isPublic ? ['public', fingerprints[0]] : ['caller', caller.sub];
  const scope = [caller.tenant, ...who, `${endpoint.method} ${endpoint.route}`, key];
  const ttl = Math.ceil((isPublic ? Math.min(retentionMs, mostOnPublicRoutesMs) : retentionMs) / 1_000);
  // An id goes everywhere and stays, so none is made of a secret.
  const idsOf = (seed: readonly string[]) => (endpoint.takesSecret ? stage.newId : repeatableIds(...seed));
  const isStillTrue = async ({ status, body }: StoredAnswer) =>
    (await endpoint.isStillTrue?.(endpoint.answers[status]?.parse(JSON.parse(body)), stage.reader)) ?? true;
  return useOf({ scope, fingerprints, ttl, container, open, idsOf, isStillTrue });
}

function withoutKey(newId: NewId): IdempotentUse {
  const nothing = async () => undefined;
  const newIds = () => newId;
  return {
    knownBy: undefined,
    newIds,
    refuseRepeat: nothing,
    keep: nothing,
    ofPart: () => ({ newIds, keptIn: nothing, keep: nothing }),
  };
}

interface KeyUse {
  readonly scope: readonly string[];
  readonly fingerprints: readonly [string, ...string[]];
  /** Seconds. */
  readonly ttl: number;
  readonly container: DocumentContainer;
  readonly open: (boundary: string) => UnitOfWork;
  readonly idsOf: (seed: readonly string[]) => NewId;
  readonly isStillTrue: (answer: StoredAnswer) => Promise<boolean>;
}

function useOf({ scope, fingerprints, ttl, container, open, idsOf, isStillTrue }: KeyUse): IdempotentUse {
  const claim = new KeyClaim({ scope, fingerprints, ttl, open });
  const own = [...scope, fingerprints[0]];
  const read = async (boundary: string, id: string) => {
    const stored = await container.read(boundary, id);
    return stored === undefined ? undefined : StoredAnswer.parse(stored);
  };
  const keepAs = (id: string, { status, headers, body = '' }: OutgoingResponse, work: UnitOfWork) => {
    if (typeof body !== 'string') throw new Error('a file is not kept: only GET answers files, and takes no key');
    work.answerWith(
      (boundary): StoredAnswer => ({
        id,
        boundary,
        kind: 'answer',
        version: 1,
        status,
        headers: { ...headers },
        body,
        ttl,
      }),
    );
  };
  return {
    knownBy: fingerprints[0],
    newIds: () => idsOf(own),
    async refuseRepeat() {
      const made = await claim.look();
      if (made?.answeredIn === undefined) return;
      const answer = await read(made.answeredIn, answerId(...scope, made.request));
      if (answer === undefined || !(await isStillTrue(answer))) return;
      const { status, headers, body } = answer;
      throw new StoredAnswerFoundError({ status, headers: { ...headers, 'idempotency-replayed': 'true' }, body });
    },
    async keep(response, { boundary, work }) {
      await claim.make(boundary);
      keepAs(answerId(...own), response, work);
    },
    ofPart(name) {
      const id = answerId(...own, name);
      return {
        newIds: () => idsOf([...own, name]),
        keptIn: async (boundary) => (await read(boundary, id))?.body,
        async keep(body, { work }) {
          await claim.make();
          keepAs(id, { status: 200, headers: {}, body }, work);
        },
      };
    },
  };
}
