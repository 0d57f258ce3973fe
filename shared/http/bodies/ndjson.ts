import { parseJson } from '../../bounded-json.ts';
import type { FileLine } from '../../file-line.ts';
import { invalidContent } from '../problems/problem.ts';
import type { TextFormat } from './body-format.ts';
import type { FileFormatOptions } from './file-format-options.ts';

/** A JSON object on each line (https://github.com/ndjson/ndjson-spec). A line that is none is told, and keeps no other back. */
export function ndjson({ example, mostLines }: FileFormatOptions): TextFormat {
  return {
    kind: 'text',
    mediaType: 'application/x-ndjson',
    isNamedBy: (mediaType) => /^application\/(x-)?ndjson$/.test(mediaType),
    example,
    problems: [],
    parse(text) {
      const lines = text.split(/\r?\n/, mostLines + 1);
      if (lines.length > mostLines) throw invalidContent('body', `has more than ${mostLines} lines`);
      return lines.flatMap((content, index) => (content.trim() === '' ? [] : [lineOf(content, index + 1)]));
    },
  };
}

function lineOf(content: string, line: number): FileLine {
  try {
    const value = parseJson(content);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { line, broken: 'is not a JSON object' };
    return { line, values: { ...value } };
  } catch (error) {
    return { line, broken: `is not JSON: ${String(error)}` };
  }
}
