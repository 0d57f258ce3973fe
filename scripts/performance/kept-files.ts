import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseJson } from './read-json.ts';
import { KeptResults } from './results.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** What was measured: what holds now, and what plots and table show it against. */
export const keptFiles = { now: 'docs/performance/results.json', before: 'docs/performance/before.json' } as const;
export type Kept = keyof typeof keptFiles;

/** @throws UnusableFileError */
export function readKept(which: Kept): KeptResults {
  const file = keptFiles[which];
  return parseJson(readFileSync(path.join(root, file), 'utf8'), KeptResults, file);
}

/** Figures stand by their letters, so that a new measurement changes its own lines alone. */
export function writeKept(which: Kept, { embedded, apache }: KeptResults): void {
  const inOrder = { embedded: byLetter(embedded), apache: byLetter(apache) };
  writeFileSync(path.join(root, keptFiles[which]), `${JSON.stringify(inOrder, undefined, 2)}\n`);
}

function byLetter<T>(figures: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1)));
}
