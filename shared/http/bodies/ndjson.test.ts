import { describe, expect, it } from 'vitest';
import { ndjson } from './ndjson.ts';

const format = ndjson({ example: `{"sku":"A"}\n`, mostLines: 20 });

describe('newline-delimited JSON', () => {
  it('newline-delimited JSON has one object per line, with any line end, and skips blank lines', () => {
    expect(format.parse('{"sku":"A"}\r\n\n  {"sku":"B","price":1}  \n')).toEqual([
      { line: 1, values: { sku: 'A' } },
      { line: 3, values: { sku: 'B', price: 1 } },
    ]);
  });

  it('newline-delimited JSON reports each broken line and reads the others', () => {
    expect(format.parse('{"sku":\n[1]\nnull\n"x"\n{"sku":"A"}')).toEqual([
      { line: 1, broken: expect.stringContaining('is not JSON') },
      { line: 2, broken: 'is not a JSON object' },
      { line: 3, broken: 'is not a JSON object' },
      { line: 4, broken: 'is not a JSON object' },
      { line: 5, values: { sku: 'A' } },
    ]);
  });

  it('newline-delimited JSON of too many lines is refused before they are read, and one line end after the last is none', () => {
    expect(format.parse('{}\n'.repeat(19))).toHaveLength(19);
    expect(() => format.parse('x\n'.repeat(500_000))).toThrow('has more than 20 lines');
  });

  it.each(['', '\n \n'])('newline-delimited JSON without an object has no lines: %j', (text) => {
    expect(format.parse(text)).toEqual([]);
  });
});
