// `npm run plots`: keeps what the bench has measured in docs/performance/, and makes plots and tables of docs/performance.md anew.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readKept, writeKept } from './performance/kept-files.ts';
import { merge } from './performance/merge.ts';
import { performanceDocs } from './performance/performance-docs.ts';
import { readJson } from './performance/read-json.ts';
import { BenchReport } from './performance/results.ts';

const usage = `Usage: npm run plots -- [--before] [FILE…]
  FILE      what \`npm run -s bench -- --json > FILE\` wrote; each figure in it takes the place of what is kept of it
  --before  keep FILE as what the figures were before, which plots and tables show beside what holds now
Without a FILE the plots are made anew from what is kept.`;

try {
  const options = {
    before: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) console.log(usage);
  else run(values.before ? 'before' : 'now', positionals);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(`\n${usage}`);
  process.exitCode = 1;
}

function run(which: 'now' | 'before', files: readonly string[]): void {
  const reports = files.map((file) => readJson(file, BenchReport));
  for (const report of reports) {
    const { results, left } = merge(readKept(which), report);
    writeKept(which, results);
    for (const sentence of left) console.error(sentence);
  }
  for (const { path: file, text } of performanceDocs(readKept('now'), readKept('before'))) {
    writeFileSync(path.resolve(import.meta.dirname, '..', file), text);
    console.log(`wrote ${file}`);
  }
}
