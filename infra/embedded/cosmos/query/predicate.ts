import { badRequest, unsupported } from '../errors.ts';
import type { Json } from '../json.ts';
import { type Rank, rank } from '../model/json-path.ts';
import type { Comparator, Expression } from './ast.ts';
import { type Fragment, joined, raw, sql } from './fragment.ts';
import { callHolds } from './functions.ts';
import { constantOf, isConstant, type Operand, operandOf, type Scope } from './operand.ts';

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
    case 'membership':
      return isAmong(operandOf(expression.operand, scope), listOf(expression.choices, scope), wanted);
    case 'call':
      if (expression.name === 'ARRAY_CONTAINS') return arrayContains(expression.operands, wanted, scope);
      return callHolds(expression.name, expression.operands, wanted, scope);
    default: {
      const operand = operandOf(expression, scope);
      return sql`(${operand.rank} = ${raw(String(rank.boolean))} AND ${operand.value} = ${raw(wanted ? '1' : '0')})`;
    }
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
  return sql`(${other.rank} = ${fixed.rank} AND ${compared})`;
}

/** `ARRAY_CONTAINS(list, operand)` asks a list of the query, `ARRAY_CONTAINS(path, constant)` one of the item. */
function arrayContains(operands: readonly Expression[], wanted: boolean, scope: Scope): Fragment {
  const [array, sought, isPartial] = operands;
  if (array === undefined || sought === undefined) throw badRequest('ARRAY_CONTAINS requires two arguments.');
  if (isPartial !== undefined) throw unsupported('ARRAY_CONTAINS with a third argument');
  if (isConstant(array)) return isAmong(operandOf(sought, scope), listOf(array, scope), wanted);
  if (array.kind !== 'path') throw unsupported('ARRAY_CONTAINS in anything but a list or a path');
  const operand = operandOf(array, scope);
  const { knownRank, value } = operandOf(sought, scope);
  if (knownRank === undefined) throw unsupported('ARRAY_CONTAINS with two paths');
  const found = sql`EXISTS (SELECT 1 FROM json_each(iif(${operand.rank} = ${raw(String(rank.array))}, ${operand.value}, '[]')) AS element
    WHERE element.type IN (${raw(elementTypes[knownRank])}) AND ifnull(element.atom, '') = ${value})`;
  return sql`(${operand.rank} = ${raw(String(rank.array))} AND ${raw(wanted ? '' : 'NOT ')}${found})`;
}

/** The words of json_each for the types of a rank (https://sqlite.org/json1.html#jeach). */
const elementTypes: Readonly<Record<Rank, string>> = {
  [rank.undefined]: 'NULL',
  [rank.null]: "'null'",
  [rank.boolean]: "'true', 'false'",
  [rank.number]: "'integer', 'real'",
  [rank.string]: "'text'",
  [rank.array]: "'array'",
  [rank.object]: "'object'",
};

/** One SQL IN for each type in the list, so that a long list stays one bound value and can use an index. */
function isAmong(operand: Operand, list: readonly Json[], wanted: boolean): Fragment {
  const byRank = Map.groupBy(list, rankOfConstant);
  const isIn = [...byRank].map(([type, values]) => {
    const choices = JSON.stringify(values.map((value) => value ?? ''));
    return sql`(${operand.rank} = ${raw(String(type))} AND ${operand.value} IN (SELECT value FROM json_each(${choices})))`;
  });
  if (wanted) return isIn.length === 0 ? raw('FALSE') : sql`(${joined(isIn, ' OR ')})`;
  return sql`(${operand.rank} <> 0 AND NOT (${isIn.length === 0 ? raw('FALSE') : joined(isIn, ' OR ')}))`;
}

function rankOfConstant(value: Json): Rank {
  if (value === null) return rank.null;
  if (typeof value === 'object') throw unsupported('Arrays or objects in a list');
  return rank[typeof value as 'boolean' | 'number' | 'string'];
}

function listOf(expression: Expression, scope: Scope): readonly Json[] {
  const list = constantOf(expression, scope.parameters);
  if (!Array.isArray(list)) throw badRequest('IN and ARRAY_CONTAINS ask for a list.');
  return list;
}
