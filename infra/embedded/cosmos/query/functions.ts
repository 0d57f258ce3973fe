import { badRequest, unsupported } from '../errors.ts';
import { rank } from '../model/json-path.ts';
import type { Expression } from './ast.ts';
import { type Fragment, raw, sql } from './fragment.ts';
import { argument, constantOf, isConstant, type Operand, operandOf, type Scope } from './operand.ts';

/** Functions that ask for a type; IS_DEFINED asks for any. */
const typeTests: ReadonlyMap<string, readonly number[]> = new Map([
  ['IS_DEFINED', [1, 2, 3, 4, 5, 6]],
  ['IS_NULL', [rank.null]],
  ['IS_BOOL', [rank.boolean]],
  ['IS_NUMBER', [rank.number]],
  ['IS_STRING', [rank.string]],
  ['IS_ARRAY', [rank.array]],
  ['IS_OBJECT', [rank.object]],
]);

/** Functions that look for a text inside a text. */
const textTests: ReadonlyMap<string, (text: Fragment, part: string) => Fragment> = new Map([
  ['STARTSWITH', startsWith],
  ['ENDSWITH', (text: Fragment, part: string) => sql`(${part} = '' OR substr(${text}, -length(${part})) = ${part})`],
  ['CONTAINS', (text: Fragment, part: string) => sql`instr(${text}, ${part}) > 0`],
]);

/**
 * SQL that is true exactly where a function's outcome is `wanted`.
 * @throws CosmosError 400 naming a function that is not supported.
 */
export function callHolds(name: string, operands: readonly Expression[], wanted: boolean, scope: Scope): Fragment {
  const types = typeTests.get(name);
  if (types !== undefined) {
    const { rank: type } = operandOf(argument(operands, 0, name), scope);
    return sql`${type} ${raw(wanted ? 'IN' : 'NOT IN')} (${raw(types.join(', '))})`;
  }
  const test = textTests.get(name);
  if (test === undefined) throw unsupported(`${name}() in WHERE`);
  const text = operandOf(argument(operands, 0, name), scope);
  const part = constantOf(argument(operands, 1, name), scope.parameters);
  if (typeof part !== 'string') throw badRequest(`${name} looks for a text: its second argument has to be a string.`);
  const found = ignoresCase(operands[2], scope)
    ? test(sql`unicode_lower(${text.value})`, part.toLowerCase())
    : test(text.value, part);
  return textHolds(text, found, wanted);
}

function textHolds(text: Operand, found: Fragment, wanted: boolean): Fragment {
  return sql`(${text.rank} = ${raw(String(rank.string))} AND ${raw(wanted ? '' : 'NOT ')}(${found}))`;
}

function ignoresCase(option: Expression | undefined, scope: Scope): boolean {
  return option !== undefined && isConstant(option) && constantOf(option, scope.parameters) === true;
}

/** A prefix as a range, which an index can serve: from the prefix to the first text behind all that start with it. */
function startsWith(text: Fragment, prefix: string): Fragment {
  const characters = [...prefix];
  while (characters.at(-1) === '\u{10ffff}') characters.pop();
  const last = characters.pop()?.codePointAt(0);
  if (last === undefined) return sql`${text} >= ${prefix}`;
  // SQLite compares the bytes of UTF-8, which keeps the order of code points; surrogates are no code points.
  const next = last === 0xd7ff ? 0xe000 : last + 1;
  return sql`${text} >= ${prefix} AND ${text} < ${characters.join('') + String.fromCodePoint(next)}`;
}
