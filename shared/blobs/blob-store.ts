import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { type FileContent, type ReceivedFile, receivedFile, sha256Of } from '../http/bodies/file.ts';
import { BlobDamagedError, BlobExistsError, BlobsUnavailableError } from './blob-errors.ts';

/** With the tenant's and the service's before it, and what is not ASCII as it stands in an address. */
const longestName = 180;

/**
 * Files of one service and tenant, kept for as long as nobody removes them. A file is put once, under a name that says what it is
 * (`document-1/version-2`), and never changed; it is known by the SHA-256 of its bytes. Put it before the commit that
 * names it: a file that no document names harms nobody, a document that names no file does.
 *
 * @example
 * const keep = (blobs: BlobStore, bytes: Uint8Array) =>
 *   blobs.put('document-1/version-2', { bytes, mediaType: 'application/pdf' });
 */
export class BlobStore {
  readonly #container: () => Promise<ContainerClient>;
  readonly #prefix: string;
  readonly #longestMs: number;

  /** @param longestMs after which a request that hangs is given up. */
  constructor(container: () => Promise<ContainerClient>, prefix: string, longestMs: number) {
    this.#container = container;
    this.#prefix = prefix;
    this.#longestMs = longestMs;
  }

  /**
   * Puts a file. The same again is the same: an answer that was lost can be asked for once more.
   *
   * @throws BlobExistsError where there is another file under the name.
   * @throws BlobsUnavailableError where it may or may not be stored.
   * @throws RangeError where the name is none.
   */
  async put(name: string, { bytes, mediaType }: FileContent): Promise<Pick<ReceivedFile, 'sha256'>> {
    const blob = await this.#blob(name);
    const sha256 = sha256Of(bytes);
    try {
      const options = {
        blobHTTPHeaders: { blobContentType: mediaType },
        metadata: { sha256 },
        conditions: { ifNoneMatch: '*' },
        abortSignal: AbortSignal.timeout(this.#longestMs),
      };
      await blob.upload(bytes, bytes.length, options);
    } catch (error) {
      if (codeOf(error) !== 'BlobAlreadyExists') throw asTrouble(error);
      if ((await this.get(name))?.sha256 !== sha256)
        throw new BlobExistsError(`there is another file under ${name} already`, { cause: error });
    }
    return { sha256 };
  }

  /**
   * A file; `undefined` where there is none.
   *
   * @throws BlobDamagedError where its bytes are not those that were put.
   * @throws BlobsUnavailableError
   */
  async get(name: string): Promise<ReceivedFile | undefined> {
    const blob = await this.#blob(name);
    const found = await this.#answerOf(async (abortSignal) => {
      const answer = await blob.download(0, undefined, { abortSignal });
      const { contentType = 'application/octet-stream', metadata = {}, readableStreamBody } = answer;
      const chunks: Uint8Array[] = [];
      for await (const chunk of readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
      return { file: receivedFile(Buffer.concat(chunks), contentType), expected: metadata.sha256 };
    });
    if (found === undefined) return undefined;
    const { file, expected } = found;
    if (file.sha256 !== expected)
      throw new BlobDamagedError(`the file ${name} has the SHA-256 ${file.sha256}, and was put with ${expected}`);
    return file;
  }

  /** Removes a file, for good; one that is gone already counts as removed. @throws BlobsUnavailableError */
  async remove(name: string): Promise<void> {
    const blob = await this.#blob(name);
    await this.#answerOf((abortSignal) => blob.delete({ abortSignal }));
  }

  /** What storage answers in time; nothing where there is no such file. */
  async #answerOf<T>(ask: (abortSignal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    try {
      return await ask(AbortSignal.timeout(this.#longestMs));
    } catch (error) {
      if (codeOf(error) === 'BlobNotFound') return undefined;
      throw asTrouble(error);
    }
  }

  /** Names may have slashes, and are told apart by case; the service's and the tenant's stand before them. */
  async #blob(name: string): Promise<BlockBlobClient> {
    const whole = `${this.#prefix}/${name}`;
    if (!isName(whole))
      throw new RangeError(
        `${JSON.stringify(name)} is no name of a file: write it as document-1/version-2, of at most ${longestName} characters`,
      );
    return (await this.#container()).getBlockBlobClient(whole);
  }
}

/**
 * Whether a name is the same wherever it is read. A segment that is empty, or ends with a dot, is none: whoever takes names for
 * paths, as storage on Azure does, leaves it out, and goes on to where another tenant's files are.
 */
function isName(whole: string): boolean {
  if (!whole.isWellFormed() || encodeURIComponent(whole).length > longestName) return false;
  return !/[\\\p{Cc}]/u.test(whole) && whole.split('/').every((segment) => segment !== '' && !segment.endsWith('.'));
}

/** What says that the request is wrong in itself: it will be answered the same again. */
const refusals: readonly unknown[] = [400, 411, 413];

function asTrouble(error: unknown): unknown {
  if (typeof error === 'object' && error !== null && 'statusCode' in error && refusals.includes(error.statusCode))
    return error;
  return new BlobsUnavailableError(`the storage of files did not answer: ${String(error)}`, { cause: error });
}

/** What Azure says is wrong, where it says anything (learn.microsoft.com/rest/api/storageservices/blob-service-error-codes). */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
