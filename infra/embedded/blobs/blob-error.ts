/** The errors of Azure Blob Storage that callers tell apart (learn.microsoft.com/rest/api/storageservices/blob-service-error-codes). */
const statuses = {
  OutOfRangeInput: 400,
  OutOfRangeQueryParameterValue: 400,
  AuthenticationFailed: 403,
  BlobNotFound: 404,
  ContainerNotFound: 404,
  BlobAlreadyExists: 409,
  ContainerAlreadyExists: 409,
  ConditionNotMet: 412,
  RequestBodyTooLarge: 413,
  NotImplemented: 501,
} as const;

export class BlobError extends Error {
  override readonly name = 'BlobError';
  readonly code: keyof typeof statuses;

  constructor(code: keyof typeof statuses, message: string) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return statuses[this.code];
  }
}
