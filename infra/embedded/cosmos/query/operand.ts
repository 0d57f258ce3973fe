import { badRequest, unsupported } from '../errors.ts';
import type { Json } from '../json.ts';
import { type Path, type Rank, rank, rankAt, valueAt } from '../model/json-path.ts';
import type { Expression } from './ast.ts';
import { type Fragment, raw, sql } from './fragment.ts';
import type { QueryParameters, Source } from './source.ts';

/** Something to compare, in SQL: the rank of its type, and the value within that type. */
export interface Operand {
  readonly rank: Fragment;
  readonly value: Fragment;
  /** The rank where it is the same for every item. */
  readonly knownRank: Rank | undefined;
}

/** What expressions are compiled against. */
export interface Scope {
  readonly source: Source;
  readonly parameters: QueryParameters;
}

/** SQL for an expression that has a value. */
export function operandOf(expression: Expression, scope: Scope): Operand {
  if (isConstant(expression)) return constantOperand(constantOf(expression, scope.parameters));
  if (expression.kind === 'path') return pathOperand(expression.path, scope.source);
  throw unsupported(expression.kind === 'call' ? `${expression.name}() as a value` : 'A condition as a value');
}

/** SQL for the value at a path: system properties have columns of their own, and so have the paths of the policy. */
export function pathOperand(path: Path, source: Source): Operand {
  if (path.length === 1 && path[0] === 'id') return known(rank.string, raw('id'));
  if (path.length === 1 && path[0] === '_ts') return known(rank.number, raw('ts'));
  const columns = source.columns(path);
  return {
    rank: raw(columns?.rank ?? rankAt(path)),
    value: raw(columns?.value ?? valueAt(path)),
    knownRank: undefined,
  };
}

/** SQL that is true where there is a value of this type. That there is one is said by itself: indexes of the items that have one ask for it. */
export function hasRank({ rank: own }: Operand, wanted: Rank): Fragment {
  return sql`${own} = ${raw(String(wanted))} AND ${own} <> 0`;
}

/** SQL for a value of which the query knows everything. */
function constantOperand(value: Json | undefined): Operand {
  if (value === undefined) return known(rank.undefined, raw("''"));
  if (value === null) return known(rank.null, raw("''"));
  if (typeof value === 'boolean') return known(rank.boolean, raw(value ? '1' : '0'));
  if (typeof value === 'number') return known(rank.number, sql`${value}`);
  if (typeof value === 'string') return known(rank.string, sql`${value}`);
  throw unsupported('Comparing arrays or objects');
}

/** Whether an expression has the same value for every item. */
function isConstant(expression: Expression): boolean {
  return expression.kind === 'constant' || expression.kind === 'parameter';
}

/** @throws CosmosError 400 when the expression depends on the item, or names a parameter that was not sent. */
export function constantOf(expression: Expression, parameters: QueryParameters): Json | undefined {
  if (expression.kind === 'constant') return expression.value;
  if (expression.kind !== 'parameter') throw unsupported('A list or text that is not the same for every item');
  const value = parameters.get(expression.name);
  if (!parameters.has(expression.name))
    throw badRequest(`The query uses ${expression.name}, which is not among its parameters.`);
  return value;
}

const known = (knownRank: Rank, value: Fragment): Operand => ({ rank: raw(String(knownRank)), value, knownRank });
