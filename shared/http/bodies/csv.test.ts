import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';

const format = csv({ required: ['sku', 'name'], optional: ['note'] }, 'sku,name\nA,Lamp\n');
const texts = (line: number, sku: string, name: string) => ({ line, texts: { sku, name } });

describe('a CSV file', () => {
  it.each([
    ['plain lines', 'sku,name\nA,Lamp\nB,Chair\n', [texts(2, 'A', 'Lamp'), texts(3, 'B', 'Chair')]],
    ['Windows line ends and a mark', '\ufeffsku,name\r\nA,Lamp\r\n', [texts(2, 'A', 'Lamp')]],
    [
      'all kinds of line ends',
      'sku,name\r\nA,1\nB,2\rC,3',
      [texts(2, 'A', '1'), texts(3, 'B', '2'), texts(4, 'C', '3')],
    ],
    ['columns in another order', 'name, sku\nLamp,A\n', [texts(2, 'A', 'Lamp')]],
    ['blank lines', '\nsku,name\n\nA,Lamp\n   \n\nB,Chair\n\n', [texts(4, 'A', 'Lamp'), texts(7, 'B', 'Chair')]],
    ['quotes', 'sku,name\nA,"a ""b"", c"\n', [texts(2, 'A', 'a "b", c')]],
    ['a field over lines', 'sku,name\r\nA,"a\r\nb\r\n"\r\nB,c\r\n', [texts(2, 'A', 'a\nb\n'), texts(5, 'B', 'c')]],
    ['empty fields', 'sku,name,note\nA,,\n', [{ line: 2, texts: { sku: 'A', name: '', note: '' } }]],
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
  ])('with %s', (_, text, lines) => {
    expect(format.parse(text)).toEqual(lines);
  });

  it.each([
    ['nothing', '', 'sku is missing; name is missing'],
    ['no header', 'A,Lamp\n', 'there is no column "A"; there is no column "Lamp"; sku is missing; name is missing'],
    ['semicolons', 'sku;name\nA;Lamp\n', 'there is no column "sku;name"'],
    ['a column too few', 'sku\nA\n', 'name is missing'],
    ['a column twice', 'sku,name,sku\n', 'sku is there twice'],
    ['other letters', 'SKU,name\n', 'there is no column "SKU"; sku is missing'],
  ])('with %s for a header is refused, saying why', (_, text, why) => {
    const refused = expect.objectContaining({ code: 'invalid-header', message: expect.stringContaining(why) });
    expect(() => format.parse(text)).toThrow(refused);
  });

  it.each([
    'sku,name\nA,"Lamp',
    'sku,name\nA,La"mp\n',
    'sku,name\nA,"La"mp\n',
  ])('whose quotes are broken is refused, saying where: %j', (text) => {
    const refused = expect.objectContaining({ code: 'broken-csv', message: expect.stringContaining('line 2') });
    expect(() => format.parse(text)).toThrow(refused);
  });
});
