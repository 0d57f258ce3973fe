import type { ProblemCode } from '../problems/catalogue.ts';

interface Format {
  /** What a client sends as `Content-Type`: `application/json`. */
  readonly mediaType: string;
  /** Whether a body of this media type, in lower case and without parameters, is of the format. */
  readonly isNamedBy: (mediaType: string) => boolean;
  /** What a body looks like, where a schema cannot tell because the format is lines of text. */
  readonly example?: string;
  /** What reading it refuses. */
  readonly problems: readonly ProblemCode[];
}

/** A way to write data as text. */
export interface TextFormat extends Format {
  readonly kind: 'text';
  /**
   * The body as data, which its schema is to judge.
   *
   * @throws Problem 400 where it breaks the format.
   */
  readonly parse: (text: string) => unknown;
}

/** Bytes that are taken as they are: a picture, a document. */
export interface FileFormat extends Format {
  readonly kind: 'file';
}

/** A way to write a request's body; an endpoint names those that it takes, the first being what it takes an empty body for. */
export type BodyFormat = TextFormat | FileFormat;
