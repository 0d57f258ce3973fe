import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { blocksOf, copyRepository, follow } from './worked-example.ts';

const root = path.resolve(import.meta.dirname, '../..');

it('the steps of docs/adding-a-capability.md lead to a capability that works', async () => {
  const copy = path.join(mkdtempSync(path.join(tmpdir(), 'worked-example-')), 'lagerhaus');
  onTestFinished(() => rmSync(path.dirname(copy), { recursive: true, force: true }));
  copyRepository(root, copy);
  const blocks = blocksOf(readFileSync(path.join(root, 'docs/adding-a-capability.md'), 'utf8'));
  for (const block of blocks) await follow(block, copy);
  expect(blocks.map(({ language }) => language)).toEqual(expect.arrayContaining(['ts', 'diff', 'sh']));
}, 300_000);
