import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A file that somebody handed over cannot be taken; the message says why, and what to do. */
export class UnusableFileError extends Error {
  override readonly name = 'UnusableFile';
}

const remedy =
  'Write it with `npm run -s bench -- --json > FILE`: without -s npm prints lines of its own before the JSON.';

/** @throws UnusableFileError */
export function readJson<T>(file: string, schema: z.ZodType<T>): T {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UnusableFileError(`${file} cannot be read: ${messageOf(error)}`);
  }
  return parseJson(text, schema, file);
}

/** @param name is what the error calls the text. */
export function parseJson<T>(text: string, schema: z.ZodType<T>, name: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UnusableFileError(`${name} is no JSON (${messageOf(error)}). ${remedy}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UnusableFileError(`${name} is no result of the bench:\n${z.prettifyError(parsed.error)}\n${remedy}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
