const codes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  408: 'RequestTimeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'PreconditionFailed',
  413: 'RequestEntityTooLarge',
  429: 'TooManyRequests',
  449: 'RetryWith',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
};

/**
 * An answer that says no, with the status and substatus of the service.
 * @see https://learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb
 */
export class CosmosError extends Error {
  readonly status: number;
  readonly substatus: number;
  /** Milliseconds until a retry makes sense; undefined leaves the header out. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, message: string, more: { substatus?: number; retryAfterMs?: number | undefined } = {}) {
    super(message);
    this.name = 'CosmosError';
    this.status = status;
    this.substatus = more.substatus ?? 0;
    this.retryAfterMs = more.retryAfterMs;
  }

  /** The word the service puts beside the message, such as `PreconditionFailed`. */
  get code(): string {
    return codes[this.status] ?? String(this.status);
  }
}

/** 400: the request itself is wrong. */
export const badRequest = (message: string) => new CosmosError(400, message);

/** 400 for a feature of the service that this embedded server leaves out. */
export const unsupported = (feature: string) =>
  new CosmosError(400, `${feature}: not supported by the embedded Cosmos server.`);

/** 400/1001: the partition key is missing, or is not the document's. */
export const wrongPartitionKey = (message: string) => new CosmosError(400, message, { substatus: 1001 });

/** 404 for an item. */
export const itemNotFound = () => new CosmosError(404, 'Entity with the specified id does not exist in the system.');

/** 404 for a database or container; 1003 where the owner of what is asked for is missing. */
export const ownerNotFound = (substatus = 0) =>
  new CosmosError(404, 'Resource Not Found. Learn more: https://aka.ms/cosmosdb-tsg-not-found', { substatus });

/** 405: the resource is there, and cannot be asked for this. */
export const methodNotAllowed = (method: string) =>
  new CosmosError(405, `The requested verb ${method} is not supported on this resource.`);

/** 409 for an item: the id is taken within its partition. */
export const itemExists = () => new CosmosError(409, 'Entity with the specified id already exists in the system.');

/** 409 for a database or container: the id is taken. */
export const alreadyExists = () => new CosmosError(409, 'Resource with specified id or name already exists.');

/** 412: somebody else wrote in between. */
export const preconditionFailed = () =>
  new CosmosError(412, 'Operation cannot be performed because one of the specified precondition is not met');

/** 413/3402: a read of a bulk request would make the answer larger than 4 MB. It is to be asked for again. */
export const answerTooLarge = () => new CosmosError(413, 'Response size is too large', { substatus: 3402 });

/** 413: over the 2 MB that an item or a batch may have. */
export const tooLarge = () => new CosmosError(413, 'Request size is too large');
