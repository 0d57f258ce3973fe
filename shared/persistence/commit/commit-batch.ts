import { pausing, retry } from '../../async/retry.ts';
import type { Clock } from '../../clock.ts';
import type { BatchOperation, BatchOutcome, DocumentContainer } from '../documents/document-container.ts';
import {
  AlreadyAnsweredError,
  AlreadyDoneError,
  CommitRefusedError,
  StaleStateError,
  StoreUnavailableError,
  TooLargeError,
} from '../documents/store-errors.ts';
import type { StoredDocument } from '../documents/stored-document.ts';
import type { OutboxDocument } from './outbox.ts';

/** A changed document, with the ETag it had when it was read; none where it is new. */
export interface Change {
  readonly document: StoredDocument;
  readonly etag: string | undefined;
  /** It is to be gone. */
  readonly isRemoval: boolean;
}

/** What one commit writes. */
export interface CommitParts {
  readonly outbox: OutboxDocument | undefined;
  readonly answer: StoredDocument | undefined;
  readonly markers: readonly StoredDocument[];
  readonly changes: readonly Change[];
}

interface Target {
  readonly container: DocumentContainer;
  readonly boundary: string;
  readonly clock: Clock;
}

type Part = 'outbox' | 'answer' | 'marker' | 'change';
type Step = { readonly part: Part; readonly operation: BatchOperation };

/** Limits of a transactional batch. Source: https://learn.microsoft.com/azure/cosmos-db/nosql/transactional-batch */
const maxOperations = 100;
const maxBytes = 2 * 1024 * 1024;

/** A commit of up to this many bytes is remembered. */
const maxRememberedBytes = 16 * 1024;

/** How often a batch is sent whose fate is open, before the caller is told that the store is away. */
const maxSends = 8;

/**
 * Writes the parts of a commit as one TransactionalBatch.
 *
 * The outbox document comes first and its id is made once per commit, so it is the commit's receipt: while an answer
 * leaves open whether the batch was written (a time-out, a lost connection), the same batch is sent again, and a conflict
 * on the outbox document says that an earlier sending was written. So a retry, ours or the SDK's, never applies twice. A
 * commit without events is its own receipt: it only puts what it would put again.
 *
 * @throws StaleStateError when another writer was first (412, or 409 on a new document): load again, decide again.
 * @throws AlreadyDoneError when a marker exists (409).
 * @throws AlreadyAnsweredError when an answer to the idempotency key exists (409).
 * @throws TooLargeError before sending, past 100 operations or 2 MB.
 * @throws StoreUnavailableError when the outcome is still open after several sendings.
 * @throws CommitRefusedError on any other refusal.
 */
export async function commitBatch(target: Target, parts: CommitParts): Promise<void> {
  const steps = stepsOf(parts);
  const operations = steps.map(({ operation }) => operation);
  const bytes = sizeOf(operations);
  const outcome = await send(target, operations);
  if (outcome.kind === 'written') return remember(target.container, steps, outcome.etags, bytes);
  forgetChanges(target.container, steps);
  const { index, status } = outcome;
  const refused = steps[index];
  if (refused === undefined)
    throw new CommitRefusedError(`Cosmos DB refused a batch (${status}) without naming an operation`);
  if (status === 409 && refused.part === 'outbox') return;
  throw refusalOf(refused, status);
}

function send({ container, boundary, clock }: Target, operations: readonly BatchOperation[]): Promise<BatchOutcome> {
  return retry(() => container.execute(boundary, operations), {
    when: (error, tries) => error instanceof StoreUnavailableError && tries < maxSends,
    pause: pausing(clock),
  });
}

function stepsOf({ outbox, answer, markers, changes }: CommitParts): readonly Step[] {
  const create = (part: Part, document: StoredDocument): Step => ({ part, operation: { kind: 'create', document } });
  return [
    ...(outbox === undefined ? [] : [create('outbox', outbox)]),
    ...(answer === undefined ? [] : [create('answer', answer)]),
    ...markers.map((marker) => create('marker', marker)),
    ...changes.map(({ document, etag, isRemoval }): Step => {
      if (etag === undefined) return create('change', document);
      return { part: 'change', operation: { kind: isRemoval ? 'delete' : 'replace', document, etag } };
    }),
  ];
}

/** @throws TooLargeError */
function sizeOf(operations: readonly BatchOperation[]): number {
  if (operations.length > maxOperations)
    throw new TooLargeError(`a commit has ${operations.length} operations; Cosmos DB takes ${maxOperations}`);
  const bytes = Buffer.byteLength(JSON.stringify(operations));
  if (bytes > maxBytes) throw new TooLargeError(`a commit has ${bytes} bytes; Cosmos DB takes ${maxBytes}`);
  return bytes;
}

/** What a reaction is likely to need next is what was just written; large commits are not kept, to bound the memory. */
function remember(
  { recent }: DocumentContainer,
  steps: readonly Step[],
  etags: readonly (string | undefined)[],
  bytes: number,
): void {
  for (const [index, { part, operation }] of steps.entries()) {
    if (part !== 'change') continue;
    const { document } = operation;
    const etag = etags[index];
    if (etag === undefined || bytes > maxRememberedBytes) recent.forget(document.boundary, document.id);
    else recent.remember({ ...document, _etag: etag });
  }
}

/** Somebody else wrote, or an earlier sending of ours, whose answer with the ETags was lost. */
function forgetChanges({ recent }: DocumentContainer, steps: readonly Step[]): void {
  for (const { operation } of steps) recent.forget(operation.document.boundary, operation.document.id);
}

function refusalOf({ part, operation }: Step, status: number): Error {
  const { id } = operation.document;
  const what = `${operation.kind} of ${id} was refused (${status})`;
  if (part === 'marker' && status === 409) return new AlreadyDoneError(what);
  if (part === 'answer' && status === 409) return new AlreadyAnsweredError(what);
  if (part === 'change' && [404, 409, 412].includes(status)) return new StaleStateError(what);
  return new CommitRefusedError(what);
}
