/** The storage of files does not answer, or refuses whoever asks: trying again is right, however long it takes. */
export class BlobsUnavailableError extends Error {
  override readonly name = 'BlobsUnavailableError';
}

/** There is another file under this name: what is stored is never changed. */
export class BlobExistsError extends Error {
  override readonly name = 'BlobExistsError';
}

/** What is stored is not what was put: its bytes have another hash. */
export class BlobDamagedError extends Error {
  override readonly name = 'BlobDamagedError';
}
