import { pausing, retry } from '../../async/retry.ts';
import type { Clock } from '../../clock.ts';
import type { BatchOperation } from '../documents/batch-operation.ts';
import type { BatchOutcome, DocumentContainer } from '../documents/document-container.ts';
import {
  AlreadyAnsweredError,
  AlreadyDoneError,
  CommitRefusedError,
  StaleStateError,
  StoreUnavailableError,
} from '../documents/store-errors.ts';
import type { StoredDocument } from '../documents/stored-document.ts';
import { carrying, wasWrittenBy } from './carried-events.ts';
import type { Change, CommitParts } from './change.ts';
import { sizesOf } from './commit-size.ts';
import { outboxId, putReceipt, receiptIn } from './outbox.ts';
import { forgetWritten, rememberWritten } from './written-documents.ts';

interface Target {
  readonly container: DocumentContainer;
  readonly boundary: string;
  readonly clock: Clock;
}

/** `told` is a change that carries the commit's receipt. */
type Part = 'receipt' | 'told' | 'moved' | 'answer' | 'marker' | 'change';
type Step = { readonly part: Part; readonly operation: BatchOperation };

/** How often a batch is sent whose fate is open, before the caller is told that the store is away. */
const maxSends = 8;

/**
 * Writes the parts of a commit as one TransactionalBatch.
 *
 * The outbox document comes first and its id is made once per commit, so it is the commit's receipt: while an answer
 * leaves open whether the batch was written (a time-out, a lost connection), the same batch is sent again, and a conflict
 * on the outbox document says that an earlier sending was written. So a retry, ours or the SDK's, never applies twice. In a
 * commit that only puts, a document that it creates carries the receipt, or else a small one of its own. A document that carries what is owed
 * carries the receipt, too: a new one for good; a changed one, which is refused by its ETag when it is sent again, with its last ones.
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
  const sizes = sizesOf(operations);
  const outcome = await send(target, operations);
  if (outcome.kind === 'written') {
    rememberWritten(target.container, steps.map(writtenBy), { etags: outcome.etags, sizes });
    return;
  }
  forgetWritten(target.container, operations);
  const { index, status } = outcome;
  const refused = steps[index];
  if (refused === undefined)
    throw new CommitRefusedError(`Cosmos DB refused a batch (${status}) without naming an operation`);
  if (await wasWrittenBefore(target.container, refused, status, parts)) return;
  throw refusalOf(refused, status);
}

/** The document that a reaction is likely to need next, where it is one. */
function writtenBy({ part, operation }: Step): StoredDocument | undefined {
  return part === 'change' || part === 'told' ? operation.document : undefined;
}

function send({ container, boundary, clock }: Target, operations: readonly BatchOperation[]): Promise<BatchOutcome> {
  return retry(() => container.execute(boundary, operations), {
    when: (error, tries) => error instanceof StoreUnavailableError && tries < maxSends,
    pause: pausing(clock),
  });
}

/** How many operations the batch of a commit has. */
export function operationsIn(parts: CommitParts): number {
  return stepsOf(parts).length;
}

function stepsOf(parts: CommitParts): readonly Step[] {
  const { answer, markers, changes, moved = [] } = parts;
  const told = toldChange(parts);
  const others = changes.filter(({ document }) => document.id !== told?.operation.document.id);
  return [
    ...firstSteps(parts, told),
    ...moved.map((outbox) => create('moved', outbox)),
    ...(answer === undefined ? [] : [create('answer', answer)]),
    ...markers.map((marker) => create('marker', marker)),
    ...others.map((change) => write('change', change)),
  ];
}

/** By what a second sending of the batch is told: it comes first, so that nothing else can be refused before it. */
function firstSteps({ outbox, receipt, changes }: CommitParts, told: Step | undefined): readonly Step[] {
  if (told !== undefined) return [told];
  if (outbox !== undefined) return [create('receipt', outbox)];
  const boundary = changes[0]?.document.boundary;
  return receipt === undefined || boundary === undefined ? [] : [create('receipt', putReceipt(boundary, receipt))];
}

/** The change that carries the receipt: with what the commit owes, or where it creates a document and owes nothing. */
function toldChange({ outbox, carrier, receipt, changes }: CommitParts): Step | undefined {
  const ofOutbox = changes.find(({ document }) => document.id === carrier);
  if (outbox !== undefined && ofOutbox !== undefined)
    return write('told', { ...ofOutbox, document: carrying(ofOutbox, outbox) });
  const created = changes.find(({ etag }) => etag === undefined)?.document;
  return receipt === undefined || created === undefined ? undefined : create('told', { ...created, receipt });
}

function create(part: Part, document: StoredDocument): Step {
  return { part, operation: { kind: 'create', document } };
}

function write(part: Part, { document, etag, isRemoval }: Change): Step {
  if (etag === undefined) return create(part, document);
  return { part, operation: { kind: isRemoval ? 'delete' : 'replace', document, etag } };
}

/** Whether a refusal is for an earlier sending of the same batch. What that owed may have an outbox document of its own by now. */
async function wasWrittenBefore(
  container: DocumentContainer,
  { part, operation }: Step,
  status: number,
  { outbox, receipt = outbox && receiptIn(outbox.id) }: CommitParts,
): Promise<boolean> {
  if (part === 'receipt') return status === 409;
  const whereWritten = operation.kind === 'create' ? [409] : [404, 412];
  if (part !== 'told' || receipt === undefined || !whereWritten.includes(status)) return false;
  const { boundary, id } = operation.document;
  const found = await container.readMany(boundary, [id, outboxId(receipt)]);
  return found.some((document) => document.id !== id || wasWrittenBy(document, receipt));
}

/** What somebody else may have written before. */
const stalePart: ReadonlySet<Part> = new Set(['told', 'moved', 'change']);

function refusalOf({ part, operation }: Step, status: number): Error {
  const { id } = operation.document;
  const what = `${operation.kind} of ${id} was refused (${status})`;
  if (part === 'marker' && status === 409) return new AlreadyDoneError(what);
  if (part === 'answer' && status === 409) return new AlreadyAnsweredError(what);
  if (stalePart.has(part) && [404, 409, 412].includes(status)) return new StaleStateError(what);
  return new CommitRefusedError(what);
}
