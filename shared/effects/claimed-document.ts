import { pausing, retry } from '../async/retry.ts';
import type { Effect } from '../capabilities/effect.ts';
import { type Clock, later } from '../clock.ts';
import type { NewId } from '../ids.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';
import type { EffectAttempt } from '../persistence/documents/effect-attempt.ts';
import { StaleStateError, StoreUnavailableError } from '../persistence/documents/store-errors.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';

/** A document whose effect is this process's to perform until its lease is over. */
export interface ClaimedDocument {
  readonly document: StoredDocument;
  readonly attempt: EffectAttempt & { readonly id: string; readonly until: string };
}

interface Store {
  readonly container: DocumentContainer;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** Larger documents are not kept in memory, to bound it. */
const maxRememberedBytes = 16 * 1024;

/** How often a write is tried that loses against others, or has no answer. */
const writes = 5;

/**
 * Claims what is due by `dueBy`: one commit that counts an attempt and puts `dueAt` ahead by the lease; `undefined` where nothing is to
 * be done, or somebody else is at it. What is known and only has to be settled counts no attempt.
 *
 * @throws StoreUnavailableError, StaleStateError: it stays due, and at the worst an attempt was counted that nobody has made.
 */
export async function claimDocument(
  seen: StoredDocument | undefined,
  effect: Pick<Effect, 'kind' | 'leaseMs'>,
  dueBy: string,
  store: Store,
): Promise<ClaimedDocument | undefined> {
  const { container, clock, newId } = store;
  const id = newId();
  let found = seen;
  return retry(
    async (failed) => {
      if (failed > 0 && seen !== undefined) found = await container.read(seen.boundary, seen.id);
      // An earlier sending was written, and its answer lost.
      if (found?.attempt?.id === id) return claimedAs(found);
      const now = clock.now();
      const { dueAt, attempt } = found ?? {};
      if (found === undefined || dueAt === undefined || dueAt > dueBy || (attempt?.until ?? '') > now.toISOString())
        return undefined;
      const until = later(now, effect.leaseMs);
      const counted = attempt?.outcome === undefined ? 1 : 0;
      return claimedAs(
        await written(container, {
          ...found,
          dueAt: until,
          dueSince: found.dueSince ?? dueAt,
          attempt: { ...attempt, number: (attempt?.number ?? 0) + counted, id, until },
        }),
      );
    },
    { when: isPassing, pause: pausing(clock) },
  );
}

/**
 * Ends the attempt without settling: the document is due at another time, with what is known of its effect. `undefined` where
 * the attempt is over already.
 *
 * @throws StoreUnavailableError, StaleStateError: it is due again when the lease is over.
 */
export async function releaseDocument(
  { document, attempt: { id } }: ClaimedDocument,
  { dueAt, attempt }: { readonly dueAt: string; readonly attempt: EffectAttempt },
  { container, clock }: Pick<Store, 'container' | 'clock'>,
): Promise<StoredDocument | undefined> {
  let found: StoredDocument | undefined = document;
  return retry(
    async (failed) => {
      if (failed > 0) found = await container.read(document.boundary, document.id);
      if (found?.attempt?.id !== id) return undefined;
      const { attempt: _, ...rest } = found;
      return written(container, { ...rest, dueAt, ...(attempt.number === 0 ? {} : { attempt }) });
    },
    { when: isPassing, pause: pausing(clock) },
  );
}

function isPassing(error: unknown, tries: number): boolean {
  return tries < writes && (error instanceof StaleStateError || error instanceof StoreUnavailableError);
}

/** The document with its new ETag. @throws StaleStateError where somebody has changed it. */
async function written(container: DocumentContainer, document: StoredDocument): Promise<StoredDocument> {
  const { boundary, id, _etag: etag } = document;
  container.recent.forget(boundary, id);
  if (etag === undefined) throw new StaleStateError(`${id} was not read from the store`);
  const outcome = await container.execute(boundary, [{ kind: 'replace', document, etag }]);
  if (outcome.kind === 'refused') throw new StaleStateError(`${id} was changed by somebody else`);
  const now = { ...document, _etag: outcome.etags[0] };
  if (JSON.stringify(now).length <= maxRememberedBytes) container.recent.remember(now);
  return now;
}

function claimedAs(document: StoredDocument): ClaimedDocument {
  const { number = 0, id = '', until = '', outcome } = document.attempt ?? {};
  return { document, attempt: { number, id, until, ...(outcome === undefined ? {} : { outcome }) } };
}
