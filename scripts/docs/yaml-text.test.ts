import { Parser } from '@asyncapi/parser';
import { expect, it } from 'vitest';
import type { Json } from '../../shared/http/json-schema.ts';
import { yamlText } from './yaml-text.ts';

const awkward: Json = {
  nothing: null,
  words: [
    'plain',
    'two words',
    'no',
    'True',
    '007',
    '1.5',
    '- x',
    '# x',
    'a: b',
    '{x}',
    '"',
    "'",
    'ü',
    'two\nlines',
    '',
  ],
  'a key: with': { $key: '#/x', deep: [{ a: 1, b: [] }, { c: {} }, [1, [true]]] },
  amount: -1.5,
};

it('any JSON document survives a round trip through YAML', async () => {
  // The parser of AsyncAPI reads YAML; an extension may hold anything.
  const document = { asyncapi: '3.0.0', info: { title: 't', version: '1' }, 'x-awkward': awkward };
  const { document: parsed, diagnostics } = await new Parser().parse(yamlText(document));
  expect(diagnostics.filter(({ severity }) => severity === 0)).toEqual([]);
  expect(parsed?.json()).toHaveProperty(['x-awkward'], awkward);
});

it('a YAML document has a line for each entry, with quotes only where they are needed', () => {
  expect(yamlText({ a: 'b', c: ['d e', { f: 1, g: [] }], h: undefined })).toBe(
    'a: b\nc:\n  - "d e"\n  - f: 1\n    g: []\n',
  );
});
