import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FileFormat } from './body-format.ts';

/** So much of a file is taken, in bytes: the Functions host is set to take no larger body, and hands it over as a whole. */
export const largestFile = 11 * 1024 * 1024;

/** A file: bytes that nobody has looked into, and what whoever sent them says that they are. */
export interface FileContent {
  readonly bytes: Uint8Array;
  /** In lower case, without parameters: `application/pdf`. */
  readonly mediaType: string;
}

/** A file as the body of a request. */
export interface ReceivedFile extends FileContent {
  /** Of the bytes, in hexadecimal. */
  readonly sha256: string;
}

/** The body of a request that is a file, for an endpoint that accepts `files(…)`. */
export const FileBody = z.custom<ReceivedFile>((body) => isReceivedFile(body) && body.bytes.length > 0, {
  error: 'is empty: send the file as the body',
});

/**
 * Takes a body as a file of one of these media types.
 *
 * @example
 * const accepts = files('application/pdf', 'image/png');
 *
 * @throws Error for what no body is known by: bodies are by one type, in lower case and without parameters.
 */
export function files(...[first, ...others]: readonly [string, ...string[]]): readonly [FileFormat, ...FileFormat[]] {
  return [fileFormat(first), ...others.map(fileFormat)];
}

function fileFormat(mediaType: string): FileFormat {
  if (!/^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(mediaType))
    throw new Error(`'${mediaType}' is no media type of a file: write it as application/pdf`);
  return { kind: 'file', mediaType, isNamedBy: (named) => named === mediaType, problems: [] };
}

export function receivedFile(bytes: Uint8Array, mediaType: string): ReceivedFile {
  return { bytes, mediaType, sha256: sha256Of(bytes) };
}

/** In hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whether something is a file. */
export function isFile(body: unknown): body is FileContent {
  return (
    typeof body === 'object' &&
    body !== null &&
    'bytes' in body &&
    body.bytes instanceof Uint8Array &&
    'mediaType' in body &&
    typeof body.mediaType === 'string'
  );
}

/** Whether something is a file as `receivedFile` makes it. */
export function isReceivedFile(body: unknown): body is ReceivedFile {
  return isFile(body) && 'sha256' in body;
}
