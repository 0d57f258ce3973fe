import { CsvError, parse } from 'csv-parse/sync';
import type { FileLine } from '../../file-line.ts';
import { Problem } from '../problems/problem.ts';
import type { BodyFormat } from './body-format.ts';
import { withoutMark } from './ndjson.ts';

/** The columns of a file; their order is the file's own affair. */
export interface CsvColumns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/**
 * Comma-separated values with a header line (RFC 4180), in UTF-8, with any line ends. What is wrong with the header or the
 * quotes is wrong with the whole file; a line with too few or too many fields is told, and keeps no other back. The example
 * is a file to show in the API's description.
 */
export function csv(columns: CsvColumns, example: string): BodyFormat {
  return {
    mediaType: 'text/csv',
    isNamedBy: (mediaType) => mediaType === 'text/csv',
    example,
    problems: ['broken-csv', 'invalid-header'],
    parse(text) {
      const [header, ...records] = recordsOf(text);
      const names = header?.fields.map((name) => name.trim()) ?? [];
      refuseHeader(names, columns);
      return records.map((record) => lineOf(record, names));
    },
  };
}

interface CsvRecord {
  /** Where it begins; a field in quotes may have line ends in it. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** Every record but those of blank lines. @throws Problem 400 where quotes are not as they should be. */
function recordsOf(text: string): readonly CsvRecord[] {
  let next = 1;
  return parsed(withoutMark(text).replace(/\r\n?/g, '\n')).flatMap(({ record, info }) => {
    const line = next;
    next = info.lines + 1;
    return record.length === 1 && record[0]?.trim() === '' ? [] : [{ line, fields: record }];
  });
}

interface Parsed {
  readonly record: readonly string[];
  /** `lines`: how many the parser has read with this record. */
  readonly info: { readonly lines: number };
}

function parsed(text: string): readonly Parsed[] {
  try {
    const records: unknown = parse(text, { info: true, relax_column_count: true, record_delimiter: '\n' });
    // What `info: true` makes of a record is not in the types of the library.
    return records as readonly Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Problem(400, 'broken-csv', `Nothing was imported, because the file is not CSV: ${error.message}.`);
  }
}

function refuseHeader(names: readonly string[], { required, optional }: CsvColumns): void {
  const known = [...required, ...optional];
  const wrong = [
    ...names.filter((name) => !known.includes(name)).map((name) => `there is no column ${JSON.stringify(name)}`),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is there twice`),
    ...required.filter((name) => !names.includes(name)).map((name) => `${name} is missing`),
  ];
  if (wrong.length === 0) return;
  throw new Problem(
    422,
    'invalid-header',
    `The first line has to name the columns ${required.join(', ')} and may name ${optional.join(', ')}, with commas between them; ${wrong.join('; ')}.`,
  );
}

function lineOf({ line, fields }: CsvRecord, names: readonly string[]): FileLine {
  if (fields.length !== names.length)
    return { line, broken: `has ${fields.length} fields, where the header has ${names.length}` };
  return { line, texts: Object.fromEntries(names.map((name, index) => [name, fields[index] ?? ''])) };
}
