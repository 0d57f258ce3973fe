import { rank } from '../model/json-path.ts';
import type { Selection } from './ast.ts';
import { type Fragment, raw, sql } from './fragment.ts';
import { type Operand, pathOperand } from './operand.ts';
import { orderClause, sortKeys } from './sort-key.ts';
import type { Source } from './source.ts';

/**
 * SQL that gives an aggregate over the items that meet a condition as one row: its value as JSON text. SUM and AVG over
 * anything but numbers are undefined (NULL here), as are MIN, MAX and AVG of nothing.
 * @see https://learn.microsoft.com/azure/cosmos-db/nosql/query/sum
 */
export function aggregateStatement(
  { name, path }: Extract<Selection, { kind: 'aggregate' }>,
  source: Source,
  condition: Fragment,
): Fragment {
  const rows = sql`FROM ${source.from} WHERE ${source.scope} AND ${condition}`;
  if (path === undefined) return sql`SELECT json_quote(count(*)) ${rows}`;
  const operand = pathOperand(path, source);
  const defined = sql`${rows} AND ${operand.rank} <> 0`;
  switch (name) {
    case 'COUNT':
      return sql`SELECT json_quote(count(*)) ${defined}`;
    case 'SUM':
      return sql`SELECT iif(${onlyNumbers(operand)}, json_quote(total(${operand.value})), NULL) ${defined}`;
    case 'AVG':
      return sql`SELECT iif(count(*) > 0 AND ${onlyNumbers(operand)}, json_quote(avg(${operand.value})), NULL) ${defined}`;
    case 'MIN':
    case 'MAX':
      return sql`SELECT ${jsonOf(operand)} ${defined} AND ${operand.rank} <= ${rank.string}
        ORDER BY ${orderClause(sortKeys([{ path, descending: name === 'MAX' }], source))} LIMIT 1`;
  }
}

const onlyNumbers = (operand: Operand) => sql`total(${operand.rank} <> ${raw(String(rank.number))}) = 0`;

const jsonOf = (operand: Operand) => sql`CASE ${operand.rank} WHEN 1 THEN 'null'
  WHEN 2 THEN iif(${operand.value}, 'true', 'false') ELSE json_quote(${operand.value}) END`;
