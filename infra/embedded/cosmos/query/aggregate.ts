import { rank } from '../model/json-path.ts';
import type { Aggregate } from './ast.ts';
import type { ExpressionParser } from './expression-parser.ts';
import { type Fragment, sql } from './fragment.ts';
import { type Operand, pathOperand } from './operand.ts';
import { orderClause, sortKeys } from './sort-key.ts';
import type { Source } from './source.ts';
import type { TokenReader } from './token-reader.ts';

/** How an aggregate is written, and read from between its parentheses. */
interface AggregateForm {
  readonly example: string;
  readonly meaning: string;
  read(tokens: TokenReader, expressions: ExpressionParser): Aggregate;
}

/** The aggregates there are, by name. */
export const aggregates: ReadonlyMap<string, AggregateForm> = new Map<Aggregate['name'], AggregateForm>([
  [
    'COUNT',
    {
      example: 'SELECT VALUE COUNT(1)',
      meaning: 'how many items there are',
      read(tokens) {
        tokens.number();
        return { name: 'COUNT' };
      },
    },
  ],
  [
    'MIN',
    {
      example: 'SELECT VALUE MIN(c.dueAt)',
      meaning: 'the least value of a property, and no result where no item has it',
      read: (_, expressions) => ({ name: 'MIN', path: expressions.path() }),
    },
  ],
]);

/**
 * SQL that gives an aggregate over the items that meet a condition as one row: its value as JSON text. The least of nothing
 * is undefined (no row).
 * @see https://learn.microsoft.com/azure/cosmos-db/nosql/query/min
 */
export function aggregateStatement(aggregate: Aggregate, source: Source, condition: Fragment): Fragment {
  const rows = sql`FROM ${source.table} WHERE ${source.scope} AND ${condition}`;
  if (aggregate.name === 'COUNT') return sql`SELECT json_quote(count(*)) ${rows}`;
  const operand = pathOperand(aggregate.path, source);
  return sql`SELECT ${jsonOf(operand)} ${rows} AND ${operand.rank} BETWEEN ${rank.null} AND ${rank.string}
    ORDER BY ${orderClause(sortKeys([{ path: aggregate.path, descending: false }], source))} LIMIT 1`;
}

const jsonOf = (operand: Operand) => sql`CASE ${operand.rank} WHEN 1 THEN 'null'
  WHEN 2 THEN iif(${operand.value}, 'true', 'false') ELSE json_quote(${operand.value}) END`;
