/**
 * What is wrong with the store: it does not answer or asks to come back later, it refuses whoever asks (a key, a missing
 * role), or it has no such container (deployed before it was provisioned).
 */
export type StoreTrouble = 'unreachable' | 'access' | 'missing';

interface Unavailable {
  readonly cause?: unknown;
  readonly retryAfterMs?: number | undefined;
  readonly trouble?: StoreTrouble;
}

/**
 * There is trouble with the store and none with what was asked, which may have happened or not. Trying again is right, however
 * long it takes: a container that is forbidden or missing is a container for somebody to mend.
 */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
  readonly retryAfterMs: number | undefined;
  readonly trouble: StoreTrouble;

  constructor(message: string, { cause, retryAfterMs, trouble = 'unreachable' }: Unavailable) {
    super(message, { cause });
    this.retryAfterMs = retryAfterMs;
    this.trouble = trouble;
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

/** A document has what this code does not understand: code of a later deployment wrote it, or nobody can read it. */
export class NewerDocumentError extends Error {
  override readonly name = 'NewerDocumentError';
}

/** Cosmos refused for good what was asked of it; nothing of it was written. */
export class CommitRefusedError extends Error {
  override readonly name = 'CommitRefusedError';
}

/** Statuses after which the same request may be sent again. Source: https://learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb */
const passing = new Set([408, 410, 429, 449, 500, 502, 503, 504]);

/**
 * Substatuses. Sources: `statusCodes.js` of @azure/cosmos and
 * https://github.com/Azure/azure-sdk-for-java/blob/main/sdk/cosmos/azure-cosmos/docs/StatusCodes.md
 */
const substatuses = { sessionNotAvailable: 1002, writeForbidden: 3, accountNotFound: 1008, partitionIsFull: 1014 };

/**
 * What the status of a request, or of one operation of it, says of the store; nothing where it says something of the request
 * itself, or of the document that was asked for (404 without a substatus).
 */
export function troubleOf(status: number, substatus: number): StoreTrouble | undefined {
  if (passing.has(status)) return 'unreachable';
  if (status === 401) return 'access';
  if (status === 403) {
    // A region that fails over passes; a logical partition of 20 GB has no room for this document, whoever waits.
    if (substatus === substatuses.writeForbidden || substatus === substatuses.accountNotFound) return 'unreachable';
    return substatus === substatuses.partitionIsFull ? undefined : 'access';
  }
  if (status !== 404 || substatus === 0) return undefined;
  return substatus === substatuses.sessionNotAvailable ? 'unreachable' : 'missing';
}

/** What it means that something was refused: StoreUnavailableError where waiting can help, CommitRefusedError otherwise. */
export function refusalOf(what: string, status: number, substatus: number): Error {
  const trouble = troubleOf(status, substatus);
  if (trouble === undefined) return new CommitRefusedError(`Cosmos DB refused ${what} (${status}/${substatus})`);
  return new StoreUnavailableError(`${advice[trouble]} (${status}/${substatus}): ${what}`, { trouble });
}

const advice: Readonly<Record<StoreTrouble, string>> = {
  unreachable: 'Cosmos DB is unavailable',
  access: "Cosmos DB refuses access, check COSMOS_KEY or the rights of the app's identity",
  missing: 'Cosmos DB has no such database or container, run npm run provision',
};

/**
 * What the SDK threw, as StoreUnavailableError where waiting can help; anything else is returned as it is. The SDK gives HTTP
 * statuses as a numeric `code`, network failures as a text (`ECONNRESET`, `REQUEST_SEND_ERROR`); Node's own complaints
 * about wrong arguments (`ERR_…`) are bugs. What a batch was refused with it wraps: the code is the cause's then.
 */
export function asStoreError(error: unknown, container: string): unknown {
  const coded = codedIn(error);
  const trouble = coded === undefined ? undefined : troubleThrown(coded);
  if (coded === undefined || trouble === undefined) return error;
  const { code, substatus = 0, message, retryAfterInMs } = coded;
  const told = typeof code === 'number' ? `${code}/${String(substatus)}` : String(code);
  return new StoreUnavailableError(
    `${advice[trouble]} (${told}, container ${container}): ${String(message ?? 'no message')}`,
    {
      cause: error,
      trouble,
      retryAfterMs: typeof retryAfterInMs === 'number' ? retryAfterInMs : undefined,
    },
  );
}

function troubleThrown({ code, substatus }: Coded): StoreTrouble | undefined {
  if (typeof code === 'string') return code.startsWith('ERR_') ? undefined : 'unreachable';
  if (typeof code !== 'number') return undefined;
  const trouble = troubleOf(code, typeof substatus === 'number' ? substatus : 0);
  // Of a document that is not there the SDK throws nothing.
  return trouble === undefined && code === 404 ? 'missing' : trouble;
}

/** Whether the SDK threw because a request, or its answer, would be too large. */
export function isTooLarge(error: unknown): boolean {
  return codedIn(error)?.code === 413;
}

interface Coded {
  readonly code?: unknown;
  readonly substatus?: unknown;
  readonly message?: unknown;
  readonly retryAfterInMs?: unknown;
}

function codedIn(error: unknown): Coded | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error) return error;
  return 'cause' in error ? codedIn(error.cause) : undefined;
}
