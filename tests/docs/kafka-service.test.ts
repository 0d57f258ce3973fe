import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { blocksOf } from './worked-example.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

it('the program in docs/kafka-service.md is the one that the tests run beside a stack', () => {
  const [program] = blocksOf(read('docs/kafka-service.md'));
  expect(read('tests/acceptance/programs/carrier.ts')).toBe(
    `// The program of docs/kafka-service.md.\n${program?.text}`,
  );
});
