import { type Endpoint, takesIdempotencyKey } from '../../capabilities/endpoint.ts';
import type { IncomingRequest, OutgoingResponse } from '../../http/incoming.ts';
import { Problem } from '../../http/problems/problem.ts';
import { hashOf, type NewId, repeatableIds } from '../../ids.ts';
import { answerId, StoredAnswer } from '../../persistence/commit/stored-answer.ts';
import type { UnitOfWork } from '../../persistence/commit/unit-of-work.ts';
import type { DocumentContainer } from '../../persistence/documents/document-container.ts';
import type { Principal } from '../../security/principal.ts';

/** The request was answered before: this is the answer. */
export class StoredAnswerFoundError extends Error {
  override readonly name = 'StoredAnswerFoundError';
  readonly response: OutgoingResponse;

  constructor(response: OutgoingResponse) {
    super('the request was answered before');
    this.response = response;
  }
}

/**
 * What an `Idempotency-Key` does for one request; without a key, nothing.
 * Source: https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export interface IdempotentUse {
  /** Makes the ids of one run of the handler; with a key, each run and each repeat makes the same ones. */
  readonly newIds: () => NewId;
  /** @throws StoredAnswerFoundError when the answer is there already; Problem 422 when it answers another request. */
  readonly refuseRepeat: (container: DocumentContainer, storedBoundary: string) => Promise<void>;
  /** Has the answer written with the commit. */
  readonly keep: (response: OutgoingResponse, work: UnitOfWork, retentionMs: number) => void;
  /** The same for a part of the request, which is answered by itself. */
  readonly ofPart: (name: string) => IdempotentUse;
}

const keyPattern = /^[\x21-\x7e]{1,255}$/;

export function idempotentUse(
  endpoint: Pick<Endpoint, 'method' | 'route' | 'answersSecret'>,
  request: IncomingRequest,
  { caller, sent }: { readonly caller: Principal; readonly sent: unknown },
  newId: NewId,
): IdempotentUse {
  const key = takesIdempotencyKey(endpoint) ? request.headers.get('idempotency-key') : null;
  if (key === null) return withoutKey(newId);
  if (!keyPattern.test(key))
    throw new Problem(400, 'invalid-idempotency-key', 'An Idempotency-Key is 1 to 255 visible ASCII characters.');

  const scope = [caller.tenant, caller.sub, `${endpoint.method} ${endpoint.route}`, key];
  // The key is hashed too, and is stored nowhere: so nobody can try out what a body with a password may have been.
  return useOf(scope, hashOf([key, JSON.stringify([request.params, sent])]));
}

function withoutKey(newId: NewId): IdempotentUse {
  const use: IdempotentUse = {
    newIds: () => newId,
    refuseRepeat: async () => undefined,
    keep: () => undefined,
    ofPart: () => use,
  };
  return use;
}

/** What a key does for whatever the scope names; another request under the same key has another hash. */
function useOf(scope: readonly string[], requestHash: string): IdempotentUse {
  const id = answerId(...scope);
  return {
    newIds: () => repeatableIds(...scope),
    async refuseRepeat(container, boundary) {
      const stored = await container.read(boundary, id);
      if (stored === undefined) return;
      const { request: answered, status, headers, body } = StoredAnswer.parse(stored);
      if (answered !== requestHash) {
        throw new Problem(
          422,
          'idempotency-key-reused',
          'This Idempotency-Key was used for another request. Take a new one.',
        );
      }
      throw new StoredAnswerFoundError({ status, headers: { ...headers, 'idempotency-replayed': 'true' }, body });
    },
    keep({ status, headers, body = '' }, work, retentionMs) {
      const ttl = Math.ceil(retentionMs / 1_000);
      work.answerWith(
        (boundary): StoredAnswer => ({
          id,
          boundary,
          kind: 'answer',
          version: 1,
          request: requestHash,
          status,
          headers: { ...headers },
          body,
          ttl,
        }),
      );
    },
    ofPart: (name) => useOf([...scope, name], requestHash),
  };
}
