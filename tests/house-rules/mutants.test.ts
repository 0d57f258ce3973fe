import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { mutants } from '../mutants/mutants.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Breaking it takes minutes and belongs to the slow suite; that it can be broken is told at once. */
it.each(mutants)('the line that the mutant "$name" breaks occurs once in its file', ({ file, line }) => {
  const found = readFileSync(path.join(root, file), 'utf8').split(line).length - 1;
  expect(found, `${file} has changed: bring its mutant in tests/mutants/mutants.ts up to date`).toBe(1);
});
