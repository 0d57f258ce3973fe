import { badRequest, unsupported } from '../errors.ts';
import type { Json } from '../json.ts';
import { type Rank, rank, rankOf } from '../model/json-path.ts';
import type { Expression } from './ast.ts';
import { type Fragment, joined, raw, sql } from './fragment.ts';
import { constantOf, hasRank, type Operand, operandOf, type Scope } from './operand.ts';

/** A function that a condition can call with two operands. */
interface ConditionFunction {
  readonly example: string;
  readonly meaning: string;
  /** SQL that is true exactly where the outcome is `wanted`. @throws CosmosError 400 for operands that it does not take. */
  holds(first: Expression, second: Expression, wanted: boolean, scope: Scope): Fragment;
}

/** The functions there are, by name. */
export const functions: ReadonlyMap<string, ConditionFunction> = new Map([
  [
    'ARRAY_CONTAINS',
    { example: 'ARRAY_CONTAINS(@list, c.name)', meaning: 'a list among the parameters has the value', holds: isInList },
  ],
  [
    'CONTAINS',
    { example: 'CONTAINS(c.name, @part)', meaning: 'the text has another in it, as it stands', holds: hasPart },
  ],
]);

/** @throws CosmosError 400 naming a function that is not supported, or operands that it does not take. */
export function callHolds(name: string, operands: readonly Expression[], wanted: boolean, scope: Scope): Fragment {
  const called = functions.get(name);
  if (called === undefined) throw unsupported(`${name}() in WHERE`);
  const [first, second, ...more] = operands;
  if (first === undefined || second === undefined) throw badRequest(`The ${name} function requires 2 arguments.`);
  if (more.length > 0) throw unsupported(`${name}() with a third argument`);
  return called.holds(first, second, wanted, scope);
}

function hasPart(text: Expression, part: Expression, wanted: boolean, scope: Scope): Fragment {
  const operand = operandOf(text, scope);
  const sought = constantOf(part, scope.parameters);
  if (typeof sought !== 'string')
    throw badRequest('CONTAINS looks for a text: its second argument has to be a string.');
  const isString = hasRank(operand, rank.string);
  return sql`(${isString} AND instr(${operand.value}, ${sought}) ${raw(wanted ? '> 0' : '= 0')})`;
}

/** One SQL IN for each type in the list, so that a long list stays one bound value and can use an index. */
function isInList(list: Expression, sought: Expression, wanted: boolean, scope: Scope): Fragment {
  if (list.kind !== 'parameter') throw unsupported('ARRAY_CONTAINS() in anything but a parameter');
  const values = constantOf(list, scope.parameters);
  if (!Array.isArray(values)) throw badRequest(`ARRAY_CONTAINS asks for a list: ${list.name} is none.`);
  const operand = operandOf(sought, scope);
  const isIn = [...Map.groupBy(values, scalarRankOf)].map(([type, group]) => isAmong(operand, type, group));
  const isInAny = isIn.length === 0 ? raw('FALSE') : sql`(${joined(isIn, ' OR ')})`;
  return wanted ? isInAny : sql`(${operand.rank} <> 0 AND NOT ${isInAny})`;
}

function isAmong(operand: Operand, type: Rank, values: readonly Json[]): Fragment {
  const choices = JSON.stringify(values.map((value) => value ?? ''));
  return sql`(${hasRank(operand, type)} AND ${operand.value} IN (SELECT value FROM json_each(${choices})))`;
}

function scalarRankOf(value: Json): Rank {
  if (typeof value === 'object' && value !== null) throw unsupported('Arrays or objects in a list');
  return rankOf(value);
}
