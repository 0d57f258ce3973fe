import { inParallel } from '../async/in-parallel.ts';
import { pausing, retry } from '../async/retry.ts';
import type { Clock } from '../clock.ts';
import { errorClassOf } from '../consuming/error-class.ts';
import type { Remaking } from '../consuming/remaking.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';
import { StaleStateError } from '../persistence/documents/store-errors.ts';
import {
  idWithin,
  parseBoundary,
  type StoredDocument,
  storedBoundary,
} from '../persistence/documents/stored-document.ts';
import { errorText } from '../telemetry/log.ts';

/** What a walk goes over, and what it makes anew. */
export interface WalkPlace {
  readonly container: DocumentContainer;
  readonly tenant: string;
  readonly remaking: Remaking;
  /** Opens a unit of work in a stored boundary. */
  readonly open: (storedBoundary: string) => UnitOfWork;
  readonly clock: Clock;
  /** Looks at the documents, and makes nothing of them. */
  readonly dryRun: boolean;
}

/** What one step of a walk did. */
export interface WalkStep {
  /** The id of the last document of the step; none where there was none. */
  readonly last: string | undefined;
  readonly documents: number;
  /** Of which documents nothing could be made, and why. */
  readonly failed: readonly string[];
  readonly isLast: boolean;
}

const documentsAtOnce = 100;
/** Each may write one document, and a commit takes a hundred. */
const remadeInOneCommit = 90;
const boundariesAtOnce = 8;
const maxTries = 8;

/**
 * Goes on with a walk over all documents of a kind, by their ids, behind the one with this id, and makes anew what follows from
 * the next of them: each as it is read then, so a walk stops and goes on anywhere, and doing a step again changes nothing. What
 * is written beside it follows from events of its own.
 *
 * @throws StoreUnavailableError, StaleStateError where others keep changing the same.
 */
export async function walkStep(place: WalkPlace, after: string | undefined): Promise<WalkStep> {
  const { container, tenant, remaking, dryRun } = place;
  const { found, isLast } = await container.walk(tenant, remaking.kind, { after, limit: documentsAtOnce });
  const failed: string[] = [];
  const step = { last: found.at(-1)?.id, documents: found.length, failed, isLast };
  if (dryRun) return step;
  const groups = new Map<string, StoredDocument[]>();
  for (const document of found) {
    try {
      const boundary = storedBoundary(tenant, remaking.boundary(document));
      groups.set(boundary, [...(groups.get(boundary) ?? []), document]);
    } catch (error) {
      failed.push(failureOf(document, error));
    }
  }
  await inParallel([...groups], boundariesAtOnce, async ([boundary, documents]) => {
    for (let start = 0; start < documents.length; start += remadeInOneCommit) {
      const some = documents.slice(start, start + remadeInOneCommit);
      const attempt = () => remakeSome(place, boundary, some);
      const when = (error: unknown, tries: number) => error instanceof StaleStateError && tries < maxTries;
      failed.push(...(await retry(attempt, { when, pause: pausing(place.clock) })));
    }
  });
  return step;
}

/** In one commit; answers with what could not be made anew. */
async function remakeSome(
  { remaking, open }: WalkPlace,
  boundary: string,
  documents: readonly StoredDocument[],
): Promise<readonly string[]> {
  const work = open(boundary);
  const failed: string[] = [];
  const addressOf = ({ boundary: stored, id }: StoredDocument) => ({
    boundary: parseBoundary(stored).boundary,
    id: idWithin(id),
  });
  await work.preload(documents.flatMap((document) => remaking.reads(addressOf(document))));
  for (const document of documents) {
    const savepoint = work.savepoint();
    try {
      await remaking.remake(addressOf(document), work);
    } catch (error) {
      if (errorClassOf(error) === 'network') throw error;
      work.rollBack(savepoint);
      failed.push(failureOf(document, error));
    }
  }
  await work.commit();
  return failed;
}

function failureOf({ id }: StoredDocument, error: unknown): string {
  return `${id}: ${errorText(error)}`;
}
