import { CsvError, parse } from 'csv-parse/sync';
import { cutText } from '../../cut-text.ts';
import type { FileLine } from '../../file-line.ts';
import { invalidContent, Problem } from '../problems/problem.ts';
import type { TextFormat } from './body-format.ts';
import type { FileFormatOptions } from './file-format-options.ts';

/** The columns of a file; their order is the file's own affair. */
export interface CsvColumns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** What `mostLines` counts are records here: a field in quotes may have line ends in it. */
export interface CsvOptions extends FileFormatOptions {
  readonly columns: CsvColumns;
}

/** The second is what a browser on Windows with Excel sends for a file that is called .csv. */
const mediaTypes = ['text/csv', 'application/vnd.ms-excel'];

/** Longer than any record that is taken. */
const longestRecord = 64 * 1024;

/**
 * Comma-separated values with a header line (RFC 4180), with any line ends. What is wrong with the header or the quotes is
 * wrong with the whole file; a line with too few or too many fields is told, and keeps no other back. A line without a value,
 * as a spreadsheet leaves it where a row was emptied, is blank; so is one empty field more than there are columns.
 */
export function csv({ columns, example, mostLines }: CsvOptions): TextFormat {
  return {
    kind: 'text',
    mediaType: 'text/csv',
    isNamedBy: (mediaType) => mediaTypes.includes(mediaType),
    example,
    problems: ['broken-csv', 'invalid-header'],
    parse(text) {
      const all = recordsOf(text, mostLines + 1);
      const [header, ...records] = all.filter(({ fields }) => fields.some((field) => field.trim() !== ''));
      if (all.length > mostLines) throw invalidContent('body', `has more than ${mostLines} lines`);
      const names = header === undefined ? [] : namesOf(header.fields);
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

/** The first of the records, the header among them; empty lines are none. @throws Problem 400 where quotes are not as they should be. */
function recordsOf(text: string, most: number): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  try {
    parse(text.replace(/\r\n?/g, '\n'), {
      relax_column_count: true,
      record_delimiter: '\n',
      skip_empty_lines: true,
      max_record_size: longestRecord,
      to: most,
      on_record(fields: readonly string[], { lines }) {
        records.push({ line: lines - lineEndsIn(fields), fields });
        return null;
      },
    });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Problem(400, 'broken-csv', `Nothing was imported, because the file is not CSV: ${error.message}.`);
  }
}

function lineEndsIn(fields: readonly string[]): number {
  return fields.reduce((sum, field) => sum + field.split('\n').length - 1, 0);
}

function namesOf(fields: readonly string[]): readonly string[] {
  const names = fields.map((name) => name.trim());
  return names.at(-1) === '' ? names.slice(0, -1) : names;
}

/** What is told of a header: whoever has more wrong has sent another file. */
const mostFaults = 20;
const longestName = 100;

function refuseHeader(names: readonly string[], { required, optional }: CsvColumns): void {
  const known = new Set([...required, ...optional]);
  const there = new Set(names);
  const twice =
    names.length === there.size ? [] : [...known].filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  const wrong = [
    ...[...there]
      .filter((name) => !known.has(name))
      .map((name) => `there is no column ${JSON.stringify(cutText(name, longestName))}`),
    ...twice.map((name) => `${name} is there twice`),
    ...required.filter((name) => !there.has(name)).map((name) => `${name} is missing`),
  ];
  if (wrong.length === 0) return;
  const more = wrong.length > mostFaults ? `; and ${wrong.length - mostFaults} more` : '';
  throw new Problem(
    422,
    'invalid-header',
    `The first line has to name the columns ${required.join(', ')} and may name ${optional.join(', ')}, with commas between them; ${wrong.slice(0, mostFaults).join('; ')}${more}.`,
  );
}

/** Spreadsheets end each line with a comma where a column was emptied, and leave commas where a row was. */
function lineOf({ line, fields }: CsvRecord, names: readonly string[]): FileLine {
  const values = fields.length === names.length + 1 && fields.at(-1) === '' ? fields.slice(0, -1) : fields;
  if (values.length !== names.length)
    return { line, broken: `has ${values.length} fields, where the header has ${names.length}` };
  return { line, texts: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) };
}
