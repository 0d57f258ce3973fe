/** Cosmos did not answer, or asked to come back later: what was asked may have happened or not. Trying again is right. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { readonly cause?: unknown; readonly retryAfterMs?: number | undefined }) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Another writer was first (412, or 409 on a document to be created): load again, decide again. */
export class StaleStateError extends Error {
  override readonly name = 'StaleStateError';
}

/** A marker exists: at least one event of the commit was handled before. */
export class AlreadyDoneError extends Error {
  override readonly name = 'AlreadyDoneError';
}

/** The answer to this idempotency key is stored already: another request under the same key was first. */
export class AlreadyAnsweredError extends Error {
  override readonly name = 'AlreadyAnsweredError';
}

/** More than one TransactionalBatch can take (100 operations, 2 MB), or an event over the bus's limit. Nothing was sent. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** A document that was expected is not there, or not there yet. */
export class MissingDocumentError extends Error {
  override readonly name = 'MissingDocumentError';
}

/** Cosmos refused the batch for good; nothing of it was written. */
export class CommitRefusedError extends Error {
  override readonly name = 'CommitRefusedError';
}

/** Statuses after which the same request may be sent again. Source: https://learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb */
const passing = new Set([408, 410, 429, 449, 500, 502, 503, 504]);

export function isPassing(status: number): boolean {
  return passing.has(status);
}

/**
 * What the SDK threw, as StoreUnavailableError where waiting can help; anything else is returned as it is. The SDK gives HTTP
 * statuses as a numeric `code`, network failures as a text (`ECONNRESET`, `REQUEST_SEND_ERROR`); Node's own complaints
 * about wrong arguments (`ERR_…`) are bugs. What a batch was refused with it wraps: the code is the cause's then.
 */
export function asStoreError(error: unknown): unknown {
  const coded = codedIn(error);
  if (coded === undefined) return error;
  const { code, message, retryAfterInMs } = coded;
  const helpless = typeof code === 'number' ? !isPassing(code) : typeof code !== 'string' || code.startsWith('ERR_');
  if (helpless) return error;
  return new StoreUnavailableError(`Cosmos DB is unavailable (${code}): ${String(message ?? 'no message')}`, {
    cause: error,
    retryAfterMs: typeof retryAfterInMs === 'number' ? retryAfterInMs : undefined,
  });
}

interface Coded {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly retryAfterInMs?: unknown;
}

function codedIn(error: unknown): Coded | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error) return error;
  return 'cause' in error ? codedIn(error.cause) : undefined;
}
