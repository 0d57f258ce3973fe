import { type CosmosError, unsupported } from '../errors.ts';

/** Words of the dialect that the parser reads. Nothing else can be asked of the token reader, so this list is complete. */
export const keywords = [
  'SELECT',
  'TOP',
  'VALUE',
  'FROM',
  'AS',
  'WHERE',
  'AND',
  'OR',
  'NOT',
  'ORDER',
  'BY',
  'ASC',
  'DESC',
] as const;
export type Keyword = (typeof keywords)[number];

/** How two values can be compared. */
export const comparators = ['=', '!=', '<', '<=', '>', '>='] as const;
export type Comparator = (typeof comparators)[number];

/** Marks of the dialect that are no comparison. */
export type Mark = '*' | ',' | '.' | '(' | ')' | '-';

/** Words and marks of the dialect that this server knows by name alone, to refuse them by it. */
export const refusedWords: ReadonlyMap<string, string> = new Map([
  ['DISTINCT', 'DISTINCT'],
  ['JOIN', 'JOIN'],
  ['GROUP', 'GROUP BY'],
  ['OFFSET', 'OFFSET LIMIT'],
  ['IN', 'IN'],
  ['BETWEEN', 'BETWEEN'],
  ['LIKE', 'LIKE'],
  ['EXISTS', 'EXISTS with a subquery'],
  ['ARRAY', 'ARRAY with a subquery'],
  ['UDF', 'User-defined functions (udf.…)'],
  ['[', "Literal arrays and positions in arrays ('[')"],
  ['{', "Literal objects ('{')"],
  ...['<>', '+', '-', '*', '/', '%', '||', '??', '?'].map((mark) => [mark, `Operator ${mark}`] as const),
]);

/** Whether a word has a meaning of its own in the dialect, so that it names no item. */
export function isReserved(word: string): boolean {
  const upper = word.toUpperCase();
  return keywords.some((keyword) => keyword === upper) || refusedWords.has(upper);
}

/** The refusal of what stands at a place where the parser expects something else; undefined for what is no feature. */
export function refusalOf(text: string): CosmosError | undefined {
  const feature = refusedWords.get(text.toUpperCase());
  return feature === undefined ? undefined : unsupported(feature);
}
