import { unsupported } from '../errors.ts';
import { rank } from '../model/json-path.ts';
import type { Expression } from './ast.ts';
import { type Fragment, joined, raw, sql } from './fragment.ts';
import { callHolds } from './functions.ts';
import type { Comparator } from './keywords.ts';
import { hasRank, type Operand, operandOf, type Scope } from './operand.ts';

const opposite: Readonly<Record<Comparator, Comparator>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

/**
 * SQL that is true exactly for the items for which the expression is `wanted`, true or false. An expression that is
 * undefined for an item (a path that leads nowhere, a comparison across types) is neither, so a negation cannot be left
 * to SQL: it is carried down to the comparisons, each of which is compiled for the outcome that is wanted.
 * @see https://learn.microsoft.com/azure/cosmos-db/nosql/query/equality-comparison-operators
 */
export function holds(expression: Expression, wanted: boolean, scope: Scope): Fragment {
  switch (expression.kind) {
    case 'not':
      return holds(expression.operand, !wanted, scope);
    case 'and':
    case 'or': {
      const all = (expression.kind === 'and') === wanted;
      const parts = expression.parts.map((part) => holds(part, wanted, scope));
      return sql`(${joined(parts, all ? ' AND ' : ' OR ')})`;
    }
    case 'comparison': {
      const { comparator, left, right } = expression;
      return compares(operandOf(left, scope), wanted ? comparator : opposite[comparator], operandOf(right, scope));
    }
    case 'call':
      return callHolds(expression.name, expression.operands, wanted, scope);
    default:
      throw unsupported('A value as a condition');
  }
}

function compares(left: Operand, comparator: Comparator, right: Operand): Fragment {
  const compared = sql`${left.value} ${raw(comparator)} ${right.value}`;
  // Where one side's type is known, the other side's rank is compared with a constant, which an index can use.
  const [fixed, other] = left.knownRank === undefined ? [right, left] : [left, right];
  if (fixed.knownRank === undefined) {
    return sql`(${left.rank} = ${right.rank} AND ${left.rank} BETWEEN 1 AND 4 AND ${compared})`;
  }
  if (fixed.knownRank === rank.undefined) return raw('FALSE');
  return sql`(${hasRank(other, fixed.knownRank)} AND ${compared})`;
}
