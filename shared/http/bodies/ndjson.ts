import type { FileLine } from '../../file-line.ts';
import type { BodyFormat } from './body-format.ts';

/**
 * A JSON object on each line (https://github.com/ndjson/ndjson-spec). A line that is none is told, and keeps no other back.
 * The example is a file to show in the API's description.
 */
export function ndjson(example: string): BodyFormat {
  return {
    mediaType: 'application/x-ndjson',
    isNamedBy: (mediaType) => /^application\/(x-)?ndjson$/.test(mediaType),
    example,
    problems: [],
    parse: (text) =>
      withoutMark(text)
        .split(/\r?\n/)
        .flatMap((content, index) => (content.trim() === '' ? [] : [lineOf(content, index + 1)])),
  };
}

/** Some programs begin a text with U+FEFF, which says of UTF-8 only that it is UTF-8. */
export function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function lineOf(content: string, line: number): FileLine {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { line, broken: 'is not a JSON object' };
    return { line, values: { ...value } };
  } catch (error) {
    return { line, broken: `is not JSON: ${String(error)}` };
  }
}
