import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';

const format = csv({
  columns: { required: ['sku', 'name'], optional: ['note'] },
  example: 'sku,name\nA,Lamp\n',
  mostLines: 20,
});
const texts = (line: number, sku: string, name: string) => ({ line, texts: { sku, name } });

describe('a CSV file', () => {
  it.each([
    ['plain lines', 'sku,name\nA,Lamp\nB,Chair\n', [texts(2, 'A', 'Lamp'), texts(3, 'B', 'Chair')]],
    ['Windows line ends and a byte order mark', 'sku,name\r\nA,Lamp\r\n', [texts(2, 'A', 'Lamp')]],
    [
      'all kinds of line ends',
      'sku,name\r\nA,1\nB,2\rC,3',
      [texts(2, 'A', '1'), texts(3, 'B', '2'), texts(4, 'C', '3')],
    ],
    ['columns in another order', 'name, sku\nLamp,A\n', [texts(2, 'A', 'Lamp')]],
    ['blank lines', '\nsku,name\n\nA,Lamp\n   \n\nB,Chair\n\n', [texts(4, 'A', 'Lamp'), texts(7, 'B', 'Chair')]],
    ['quotes', 'sku,name\nA,"a ""b"", c"\n', [texts(2, 'A', 'a "b", c')]],
    [
      'a field that spans lines',
      'sku,name\r\nA,"a\r\nb\r\n"\r\nB,c\r\n',
      [texts(2, 'A', 'a\nb\n'), texts(5, 'B', 'c')],
    ],
    ['empty fields', 'sku,name,note\nA,,\n', [{ line: 2, texts: { sku: 'A', name: '', note: '' } }]],
    ['rows that were emptied in a spreadsheet', 'sku,name\n,\nA,Lamp\n , \n', [texts(3, 'A', 'Lamp')]],
    ['an empty column at the end', 'sku,name,\nA,Lamp,\nB,Chair\n', [texts(2, 'A', 'Lamp'), texts(3, 'B', 'Chair')]],
    ['no line but the header', 'sku,name', []],
    [
      'lines with too few or many fields',
      'sku,name\nA\nB,b\nC,c,d\n',
      [
        { line: 2, broken: 'has 1 fields, where the header has 2' },
        texts(3, 'B', 'b'),
        { line: 4, broken: 'has 3 fields, where the header has 2' },
      ],
    ],
  ])('a CSV file with %s is read line by line', (_, text, lines) => {
    expect(format.parse(text)).toEqual(lines);
  });

  it.each([
    ['is empty', '', 'sku is missing; name is missing'],
    ['is missing', 'A,Lamp\n', 'there is no column "A"; there is no column "Lamp"; sku is missing; name is missing'],
    ['uses semicolons', 'sku;name\nA;Lamp\n', 'there is no column "sku;name"'],
    ['lacks a column', 'sku\nA\n', 'name is missing'],
    ['repeats a column', 'sku,name,sku\n', 'sku is there twice'],
    ['is in upper case', 'SKU,name\n', 'there is no column "SKU"; sku is missing'],
  ])('a CSV file whose header %s is refused with a reason', (_, text, why) => {
    const refused = expect.objectContaining({ code: 'invalid-header', message: expect.stringContaining(why) });
    expect(() => format.parse(text)).toThrow(refused);
  });

  it.each([
    'sku,name\nA,"Lamp',
    'sku,name\nA,La"mp\n',
    'sku,name\nA,"La"mp\n',
  ])('a CSV file with broken quotes is refused with the line number: %j', (text) => {
    const refused = expect.objectContaining({ code: 'broken-csv', message: expect.stringContaining('line 2') });
    expect(() => format.parse(text)).toThrow(refused);
  });

  it.each([
    ['more lines than are taken', 'sku,name\nA,Lamp\n'.repeat(11), 'has more than 20 lines'],
    ['a million emptied rows', `sku,name\n${',\n'.repeat(1_000_000)}`, 'has more than 20 lines'],
    ['a million blank lines', `sku,name\n${' \n'.repeat(1_000_000)}`, 'has more than 20 lines'],
    ['a header that does not end', `${'x,'.repeat(100_000)}\n`, 'Max Record Size'],
  ])('a CSV file with %s is refused before all of it is read', (_, text, why) => {
    expect(() => format.parse(text)).toThrow(why);
  });

  it('a CSV file with a thousand unknown columns is told the first twenty faults, and how many more there are', () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `${'x'.repeat(20)}${index}`);
    expect(() => format.parse(`${names}\n`)).toThrow(/x19"; and 982 more\.$/);
  });

  it.each(['text/csv', 'application/vnd.ms-excel'])('a CSV file is taken as %s', (mediaType) => {
    expect(format.isNamedBy(mediaType)).toBe(true);
  });
});
