import { z } from 'zod';
import { answerTooLarge, badRequest, CosmosError, tooLarge, unsupported, wrongPartitionKey } from '../errors.ts';
import { parsePayload, type RefusedPart } from '../http/request.ts';
import { mostAnswerBytes } from '../limits.ts';
import { type PartitionKey, parsePartitionKey } from '../model/partition-key.ts';
import type { Container } from '../storage/container.ts';
import { type ItemOutcome, perform } from './item-operation.ts';
import type { Reading } from './reading.ts';

/** Limits of a transactional batch (https://learn.microsoft.com/azure/cosmos-db/transactional-batch#limitations). */
const mostOperations = 100;
const mostBytes = 2 * 1024 * 1024;

/** What an operation of a batch or bulk may do. */
export const batchOperations = ['Create', 'Upsert', 'Read', 'Replace', 'Delete'] as const;

const Operations = z.array(
  z.object({
    operationType: z.enum(batchOperations, {
      error: ({ input }) => unsupported(`Operation ${JSON.stringify(input)}`).message,
    }),
    id: z.string().optional(),
    partitionKey: z.string().optional(),
    resourceBody: z.unknown().optional(),
    ifMatch: z.string().optional(),
    ifNoneMatch: z.string().optional(),
  }),
);
type BatchOperation = z.infer<typeof Operations>[number];

/** How a batch is to be run. */
export interface BatchMode {
  /** All or nothing. */
  readonly atomic: boolean;
  /** Not atomic: go on behind an operation that failed. */
  readonly continueOnError: boolean;
  /** The partition key of the request; an operation may bring its own when the batch is not atomic. */
  readonly partitionKey: PartitionKey | undefined;
  /** `Prefer: return=minimal`: leave the documents out of the answer. */
  readonly minimal: boolean;
  /** What a fault refuses of it. */
  readonly refused: RefusedPart | undefined;
  readonly reading: Reading;
}

/** What came of a batch: 200, or 207 when an operation failed. */
export interface BatchOutcome {
  readonly status: 200 | 207;
  /** One result for each operation, as JSON text. */
  readonly results: string;
  readonly charge: number;
}

/**
 * Runs the operations of a batch in order, in one transaction.
 * @throws CosmosError 400 or 413 when the batch as a whole is refused.
 */
export function runBatch(container: Container, body: string, mode: BatchMode, now: number): BatchOutcome {
  if (Buffer.byteLength(body) > mostBytes) throw tooLarge();
  const operations = parseOperations(parsePayload(body));
  if (mode.atomic && mode.partitionKey === undefined) {
    throw wrongPartitionKey('PartitionKey value must be supplied for this operation.');
  }
  const results: Result[] = [];
  let room = mostAnswerBytes;
  try {
    container.items.write(() => {
      for (const [position, operation] of operations.entries()) {
        const hasFailed = results.some((result) => result.status >= 400);
        const result =
          hasFailed && !mode.continueOnError ? skipped : attempt({ container, mode, now, room }, operation, position);
        room -= bytesOf(result.done);
        results.push(result);
        if (mode.atomic && result.status >= 400) throw new BatchFailedError();
      }
    });
  } catch (error) {
    if (!(error instanceof BatchFailedError)) throw error;
    return outcomeOf(
      operations.map((_, position) => failedTogether(results[position])),
      mode,
    );
  }
  return outcomeOf(results, mode);
}

/** Rolls back the transaction of an atomic batch. */
class BatchFailedError extends Error {}

interface Result {
  readonly status: number;
  readonly charge: number;
  readonly done?: ItemOutcome;
  readonly error?: CosmosError;
}

/** 424: this operation was not at fault. */
const skipped: Result = { status: 424, charge: 0 };

const failedTogether = (result: Result | undefined): Result => (result?.error === undefined ? skipped : result);

function parseOperations(body: unknown): readonly BatchOperation[] {
  const parsed = Operations.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badRequest(`The batch is invalid: ${issue?.path.join('.')} ${issue?.message}.`);
  }
  if (parsed.data.length === 0) throw badRequest('Batch request has no operations.');
  if (parsed.data.length > mostOperations)
    throw badRequest('Batch request has more operations than what is supported.');
  return parsed.data;
}

interface Surroundings {
  readonly container: Container;
  readonly mode: BatchMode;
  readonly now: number;
  /** How many bytes the answer may still grow by. */
  readonly room: number;
}

function attempt(around: Surroundings, operation: BatchOperation, position: number): Result {
  const { container, mode, now, room } = around;
  const { operationType: type, id, resourceBody, ifMatch, ifNoneMatch } = operation;
  try {
    if (mode.refused?.position === position) throw mode.refused.error;
    const partitionKey = partitionKeyFor(operation, mode);
    const done = perform(
      container,
      { type, partitionKey, id, body: resourceBody, ifMatch, ifNoneMatch },
      { now, reading: mode.reading },
    );
    if (type === 'Read' && bytesOf(done) > room) throw answerTooLarge();
    return { status: done.status, charge: done.charge, done };
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    return { status: error.status, charge: 1, error };
  }
}

const bytesOf = (done: ItemOutcome | undefined) => Buffer.byteLength(done?.body ?? '');

function partitionKeyFor({ partitionKey }: BatchOperation, mode: BatchMode): PartitionKey {
  const own = partitionKey === undefined ? undefined : parsePartitionKey(partitionKey);
  if (mode.atomic && mode.partitionKey !== undefined) {
    if (own !== undefined && own !== mode.partitionKey)
      throw wrongPartitionKey('A transactional batch has one partition key.');
    return mode.partitionKey;
  }
  const chosen = own ?? mode.partitionKey;
  if (chosen === undefined) throw wrongPartitionKey('PartitionKey value must be supplied for this operation.');
  return chosen;
}

function outcomeOf(results: readonly Result[], { minimal }: BatchMode): BatchOutcome {
  const charge = results.reduce((sum, result) => sum + result.charge, 0);
  return {
    status: results.some((result) => result.status >= 400) ? 207 : 200,
    results: `[${results.map((result) => jsonOf(result, minimal)).join(',')}]`,
    charge: Math.round(charge * 100) / 100,
  };
}

function jsonOf({ status, charge, done, error }: Result, minimal: boolean): string {
  const head = JSON.stringify({
    statusCode: status,
    ...(error !== undefined && error.substatus !== 0 && { subStatusCode: error.substatus }),
    requestCharge: charge,
    eTag: done?.etag,
    message: error?.message,
  });
  // The document is JSON text already.
  return done?.body === undefined || minimal ? head : `${head.slice(0, -1)},"resourceBody":${done.body}}`;
}
