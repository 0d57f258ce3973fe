import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import type { Order, Page } from '../rigs/clients/shop.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { type Block, blocksOf, follow } from './worked-example.ts';

const root = path.resolve(import.meta.dirname, '../..');
const compile: Block = { language: 'sh', argument: '', text: 'npx tsc --noEmit' };

let stack: TestStack;
let folder: string;

beforeAll(async () => {
  stack = await startStack();
  folder = mkdtempSync(path.join(tmpdir(), 'generated-client-'));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  const compilerOptions = { exactOptionalPropertyTypes: false };
  const project = { extends: path.join(root, 'tsconfig.json'), compilerOptions, include: ['*.ts'] };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(project));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stack.stop();
});

it('the steps of docs/generated-client.md lead to a client that sells a product', async () => {
  const page = readFileSync(path.join(root, 'docs/generated-client.md'), 'utf8');
  const blocks = blocksOf(page.replaceAll('http://127.0.0.1:7071', stack.url));
  expect(blocks.map(({ language }) => language)).toEqual(['sh', 'ts', 'sh']);
  for (const block of blocks) await follow(block, folder);

  const { items } = bodyOf(await (await stack.as('admin')).get<Page<Order>>('/api/v1/orders'), 200);
  expect(items).toEqual([expect.objectContaining({ status: 'confirmed', totalAmount: 1799.98 })]);
});

it.each([
  [
    'a problem that the operation does not have',
    "'/problems/unknown-item'",
    "'/problems/sku-taken'",
    'have no overlap',
  ],
  ['a field that the answer does not have', 'decided.totalAmount', 'decided.total', "'total' does not exist"],
  ['a body without a required field', 'price: 899.99, ', '', "'price' is missing"],
])('the compiler refuses a generated client that uses %s', async (_, right, wrong, told) => {
  const program = path.join(folder, 'walkthrough.ts');
  const text = readFileSync(program, 'utf8');
  onTestFinished(() => writeFileSync(program, text));
  writeFileSync(program, text.replace(right, wrong));
  await expect(follow(compile, folder)).rejects.toThrow(told);
});
