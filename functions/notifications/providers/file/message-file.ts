import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { hashOf } from '../../../../shared/ids.ts';
import type { Recipient } from '../recipient.ts';
import { draftMark } from './write-once.ts';

/** Whose a file is, in 128 bits: an id may have letters that no name of a file takes, and be longer than one. */
function markOf({ tenant, recipientId }: Recipient): string {
  return `${hashOf([tenant, recipientId]).slice(0, 32)}.`;
}

/** The name of the file of a message: `{whose}.{key}.eml`. */
export function fileNameOf(message: Recipient & { readonly key: string }, extension: 'eml' | 'txt'): string {
  return `${markOf(message)}${message.key}.${extension}`;
}

/** Before names said whose a file is, it was the key alone. Nobody can tell any more whose those are. */
const isUnmarked = /^\.?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(eml|txt)\b/;

/** Removes what was written for somebody, also what a crash has left half written; and all of which it may be. */
export async function forgetFiles(folder: string, recipient: Recipient): Promise<void> {
  const mark = markOf(recipient);
  const isTheirs = (name: string) =>
    name.startsWith(mark) || name.startsWith(`${draftMark}${mark}`) || isUnmarked.test(name);
  const names = await readdir(folder).catch(noneUnlessThere);
  for (const name of names.filter(isTheirs)) await rm(path.join(folder, name), { force: true });
}

/** Nobody has been written to yet. */
function noneUnlessThere(error: unknown): readonly string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
