import { z } from 'zod';
import { type FileContent, isFile } from './bodies/file.ts';

/** A file that is answered, and how whoever saves it is to call it. */
export interface AnsweredFile extends FileContent {
  readonly name?: string;
  /**
   * For a page of our own, which is shown and not saved: what it may run, load and call (Content Security Policy). Never for what
   * somebody has put in.
   */
  readonly shownUnder?: string;
}

/** What an endpoint declares of a file that it answers. */
export interface FileAnswer {
  readonly mediaTypes: readonly string[];
  /** @throws ZodError where it is no file of one of them. */
  readonly parse: (body: unknown) => AnsweredFile;
}

const declared = new WeakMap<z.ZodType, FileAnswer>();

/** Where nobody knows before of which media type it is. */
export const anyType = '*/*';

/**
 * The schema of an answer that is a file of one of these media types.
 *
 * @example
 * const answers = { 200: fileAnswer('application/pdf') };
 */
export function fileAnswer(...mediaTypes: readonly [string, ...string[]]): z.ZodType<AnsweredFile> {
  const schema = z.custom<AnsweredFile>(
    (body) => isFile(body) && (mediaTypes.includes(anyType) || mediaTypes.includes(body.mediaType)),
    {
      error: `is no file of ${mediaTypes.join(' or ')}`,
    },
  );
  declared.set(schema, { mediaTypes, parse: (body) => schema.parse(body) });
  return schema;
}

/** What the schema of an answer declares, where it is a file's. */
export function fileAnswerOf(schema: z.ZodType): FileAnswer | undefined {
  return declared.get(schema);
}

/**
 * The headers of a file. It is to be saved, not shown, unless it is a page of our own: whoever put it in may have written a page that calls this API with the
 * rights of whoever looks at it.
 * Source: https://www.rfc-editor.org/rfc/rfc6266#section-4, https://www.rfc-editor.org/rfc/rfc8187#section-3.2
 */
export function fileHeaders({ mediaType, name, shownUnder }: AnsweredFile): Readonly<Record<string, string>> {
  if (shownUnder !== undefined)
    return { 'content-type': `${mediaType}; charset=utf-8`, 'content-security-policy': shownUnder };
  const named = name === undefined ? '' : `; filename*=UTF-8''${extValueOf(name)}`;
  return { 'content-type': mediaType, 'content-disposition': `attachment${named}` };
}

/** `encodeURIComponent` leaves some characters that stand for something there. */
function extValueOf(name: string): string {
  const escaped = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, escaped);
}
