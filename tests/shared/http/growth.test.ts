import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseJson } from '../../../shared/bounded-json.ts';
import { fieldErrorsOf } from '../../../shared/field-errors.ts';
import { csv } from '../../../shared/http/bodies/csv.ts';
import { form } from '../../../shared/http/bodies/form.ts';
import { ndjson } from '../../../shared/http/bodies/ndjson.ts';
import { freeText } from '../../../shared/text.ts';
import { growthOf } from '../../rigs/growth.ts';

const columns = { required: ['sku', 'name'], optional: [] };
const file = csv({ columns, example: '', mostLines: 20_000 });
const lines = ndjson({ example: '', mostLines: 20_000 });
const Nothing = z.strictObject({});

/** Says no, or does what is asked: either has to end soon. */
function tried(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
  }
}

/** Some four is in line, sixteen the square. */
const enough = 10;

const fields = (count: number) => Array.from({ length: count }, (_, index) => `f${index.toString(36)}`);

describe('the work of reading what somebody sent', () => {
  it.each<[what: string, size: number, make: (size: number) => string, read: (text: string) => unknown]>([
    ['a form of many names', 50_000, (size) => fields(size).join('&'), form.parse],
    ['a form of one name', 50_000, (size) => 'a&'.repeat(size), form.parse],
    ['a CSV file of products', 2_000, (size) => `sku,name\n${'A,Lamp\n'.repeat(size)}`, file.parse],
    ['a CSV file of empty lines', 100_000, (size) => `sku,name\n${'\n'.repeat(size)}`, file.parse],
    ['a CSV file of blank lines', 2_000, (size) => `sku,name\n${' \n'.repeat(size)}`, file.parse],
    ['a CSV file of broken lines', 2_000, (size) => `sku,name\n${'x\n'.repeat(size)}`, file.parse],
    ['a CSV file of many columns', 2_000, (size) => `${fields(size)}\n`, file.parse],
    ['a CSV file of one column again and again', 4_000, (size) => `${'sku,'.repeat(size)}\n`, file.parse],
    ['NDJSON of broken lines', 2_000, (size) => 'x\n'.repeat(size), lines.parse],
    ['NDJSON of objects', 4_000, (size) => '{"sku":"A"}\n'.repeat(size), lines.parse],
    ['JSON of many members', 20_000, (size) => `{${fields(size).map((name) => `"${name}":1`)}}`, parseJson],
    ['JSON of many levels', 50_000, (size) => '['.repeat(size), parseJson],
    [
      'JSON whose fields are all unknown',
      10_000,
      (size) => `{${fields(size).map((name) => `"${name}":1`)}}`,
      (text) => fieldErrorsOf(Nothing.safeParse(JSON.parse(text)).error ?? new z.ZodError([])),
    ],
    ['a text of marks upon marks', 4_000, (size) => '\u0323\u0301'.repeat(size), (text) => freeText(100).parse(text)],
  ])('the work of reading %s grows in line with it', (_, size, make, read) => {
    expect(growthOf({ size, make, enough }, (text) => tried(() => read(text)))).toBeLessThan(enough);
  });
});
