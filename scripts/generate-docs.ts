// `npm run docs`: makes the documents that follow from the code, and keeps each new version of a contract.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { services } from '../functions/services.ts';
import { contractChanges } from './docs/contract-changes.ts';
import { currentVersion, historyFile, historyFolder, readHistory } from './docs/contract-history.ts';
import { generatedDocs } from './docs/generated-docs.ts';

const root = path.resolve(import.meta.dirname, '..');
const examples = services.flatMap((service) => service.examples.map(({ event }) => event));

function write(file: string, text: string): void {
  writeFileSync(path.join(root, file), text);
  console.log(`wrote ${file}`);
}

for (const { path: file, text } of generatedDocs()) write(file, text);

mkdirSync(path.join(root, historyFolder), { recursive: true });
const unknown = examples.map(currentVersion).filter((one) => !existsSync(path.join(root, historyFile(one))));
for (const version of unknown) write(historyFile(version), JSON.stringify(version));
if (unknown.length > 0) {
  const biome = path.join(root, 'node_modules/.bin/biome');
  execFileSync(biome, ['format', '--write', ...unknown.map(historyFile)], { cwd: root });
}

const changes = contractChanges(examples, readHistory(root));
for (const change of changes) console.error(change);
if (changes.length > 0) process.exitCode = 1;
