import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { services } from '../../functions/services.ts';
import { knownProblems } from '../../shared/capabilities/endpoints/known-problems.ts';
import { isTest, sourceFiles } from '../house-rules/source-file.ts';
import { type KnownProblem, thrownProblems } from './thrown-problems.ts';

const root = path.resolve(import.meta.dirname, '../..');
const line = ({ code, status }: KnownProblem) => `${code} ${status}`;
const known = Object.entries(knownProblems(services)).map(([code, { status }]) => line({ code, status }));
const thrown = sourceFiles(root, ['functions', 'shared'])
  .filter((file) => !isTest(file))
  .flatMap(thrownProblems)
  .map(line);

it('the problem catalogue lists exactly the problems that the code can answer with, and their status', () => {
  expect(known.toSorted()).toEqual([...new Set(thrown)].toSorted());
});

describe('the search for problems in source files', () => {
  const problemsIn = (text: string) => thrownProblems({ path: 'functions/x.ts', text }).map(line);
  const imported = `import { reject, rejectContent } from '../shared/rejection.ts';\n`;

  it.each([
    ["throw reject('sku-taken', detail)", ['sku-taken 409']],
    ['throw rejectContent(\n  `total-mismatch`, detail)'.replaceAll('`', "'"), ['total-mismatch 422']],
    ["new Problem(\n  411,\n  'length-required', detail)", ['length-required 411']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text, not a template
    ['new Problem(422, `invalid-${what}`, detail)', ['invalid-body 422', 'invalid-query 422', 'invalid-line 422']],
    ["return new Rejection('not-found', detail, 'absent')", ['not-found 404']],
  ])('the problem in %j is found', (text, problems) => {
    expect(problemsIn(imported + text)).toEqual(problems);
  });

  it('a problem whose code is not a literal is refused', () => {
    expect(() => problemsIn(`${imported}throw reject(why, detail)`)).toThrow('functions/x.ts');
    expect(() => problemsIn('throw new Problem(400, why, detail)')).toThrow('functions/x.ts');
  });

  it('the reject of a Promise is not mistaken for a problem', () => {
    expect(problemsIn('new Promise((_, reject) => reject(error))')).toEqual([]);
  });
});
