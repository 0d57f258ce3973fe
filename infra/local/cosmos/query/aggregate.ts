import { rank } from '../model/json-path.ts';
import type { Selection } from './ast.ts';
import { type Fragment, raw, sql } from './fragment.ts';
import { type Operand, pathOperand } from './operand.ts';
import type { Source } from './source.ts';

/**
 * SQL that gives an aggregate over the items that meet a condition as one row: its value as JSON text, and the number
 * of items looked at. SUM and AVG over anything but numbers are undefined (NULL here), as are
 * MIN, MAX and AVG of nothing.
 * @see https://learn.microsoft.com/azure/cosmos-db/nosql/query/sum
 */
export function aggregateStatement(
  { name, path }: Extract<Selection, { kind: 'aggregate' }>,
  source: Source,
  condition: Fragment,
): Fragment {
  const rows = sql`FROM ${source.from} WHERE ${source.scope} AND ${condition}`;
  if (path === undefined) return sql`SELECT json_quote(count(*)), count(*) ${rows}`;
  const operand = pathOperand(path, source);
  const defined = sql`${rows} AND ${operand.rank} <> 0`;
  switch (name) {
    case 'COUNT':
      return sql`SELECT json_quote(count(*)), count(*) ${defined}`;
    case 'SUM':
      return sql`SELECT iif(${onlyNumbers(operand)}, json_quote(total(${operand.value})), NULL), count(*) ${defined}`;
    case 'AVG':
      return sql`SELECT iif(count(*) > 0 AND ${onlyNumbers(operand)}, json_quote(avg(${operand.value})), NULL), count(*) ${defined}`;
    case 'MIN':
    case 'MAX':
      return extreme(operand, name === 'MAX', defined);
  }
}

/** The first or the last item by type and value, which an index finds at once. */
function extreme(operand: Operand, isLast: boolean, rows: Fragment): Fragment {
  const direction = raw(isLast ? 'DESC' : 'ASC');
  return sql`SELECT json, 1 FROM (SELECT ${jsonOf(operand)} AS json ${rows} AND ${operand.rank} <= ${rank.string}
    ORDER BY ${operand.rank} ${direction}, ${operand.value} ${direction} LIMIT 1)`;
}

const onlyNumbers = (operand: Operand) => sql`total(${operand.rank} <> ${raw(String(rank.number))}) = 0`;

const jsonOf = (operand: Operand) => sql`CASE ${operand.rank} WHEN 1 THEN 'null'
  WHEN 2 THEN iif(${operand.value}, 'true', 'false') ELSE json_quote(${operand.value}) END`;
