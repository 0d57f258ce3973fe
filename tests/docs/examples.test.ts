import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importsOf } from '../house-rules/imports.ts';
import { isIn, isTest, sourceFiles } from '../house-rules/source-file.ts';
import { examplesOf, exportsOf, moduleOf } from './examples/doc-examples.ts';

const root = path.resolve(import.meta.dirname, '../..');
const sources = sourceFiles(root, ['shared', 'functions', 'tests/rigs/model']).filter((file) => !isTest(file));
const preludeFile = 'tests/docs/examples/prelude.ts';
const prelude = { path: preludeFile, text: readFileSync(path.join(root, preludeFile), 'utf8') };

/** The words that services are written in: what they import of shared/capabilities. */
const imported = new Set(sources.filter((file) => isIn(file, 'functions')).flatMap(importsOf));
const words = sources.filter((file) => isIn(file, 'shared/capabilities') && imported.has(file.path));
const alike = ['shared/model/aggregate.ts: defineAggregate', 'shared/model/projection.ts: defineProjection'];
const others = [
  ...alike,
  'shared/events/define-event.ts: defineEvent',
  'shared/persistence/commit/unit-of-work.ts: UnitOfWork',
  'shared/async/retry.ts: retry',
  'shared/async/timeout.ts: withTimeout',
  'shared/kafka-service/kafka-service.ts: getKafkaService',
  'tests/rigs/model/decider.ts: given',
];

describe('the examples in doc comments', () => {
  const main = words.map((file) => `${file.path}: ${exportsOf(file)[0]?.symbol ?? ''}`);
  const withExample = sources.flatMap(examplesOf).map(({ file, symbol }) => `${file.path}: ${symbol}`);
  it.each([...main, ...others])('%s has an @example', (word) => {
    expect(withExample, `give ${word} an @example in its doc comment, as short as a reader needs`).toContain(word);
  });
});

it('every @example compiles under the strict settings of the repository', async () => {
  const folder = '.tests/examples';
  const at = path.join(root, folder, String(process.pid));
  mkdirSync(at, { recursive: true });
  onTestFinished(() => rmSync(at, { recursive: true, force: true }));
  const config = { extends: '../../../tsconfig.json', compilerOptions: { noUnusedLocals: false }, include: ['*.ts'] };
  writeFileSync(path.join(at, 'tsconfig.json'), JSON.stringify(config));
  for (const example of sources.flatMap(examplesOf)) {
    const name = `${path.basename(example.file.path, '.ts')}-${example.symbol}.ts`;
    writeFileSync(path.join(at, name), moduleOf(example, prelude, `${folder}/${process.pid}`));
  }
  expect(await compile(at)).toBe('');
}, 120_000);

/** What the compiler complains about. */
function compile(folder: string): Promise<string> {
  const tsc = path.join(root, 'node_modules/.bin/tsc');
  return new Promise((resolve) => {
    execFile(tsc, ['--noEmit', '-p', folder], (error, stdout) => resolve(stdout || (error?.message ?? '')));
  });
}
