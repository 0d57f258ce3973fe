import { badRequest, unsupported } from '../errors.ts';
import type { Path } from '../model/json-path.ts';
import type { Expression } from './ast.ts';
import { type Comparator, comparators, isReserved } from './keywords.ts';
import type { TokenReader } from './token-reader.ts';

/** Deeper nesting than anybody writes, and far from where the stack would end. */
const deepest = 64;

/** Words that stand for a value. */
export const constants: ReadonlyMap<string, null | boolean | undefined> = new Map([
  ['NULL', null],
  ['TRUE', true],
  ['FALSE', false],
  ['UNDEFINED', undefined],
]);

/** Reads the expressions of a query by recursive descent, from the weakest binding operator to the strongest. */
export class ExpressionParser {
  readonly #tokens: TokenReader;
  #depth = 0;
  /** The name that stands for the item in this query; known once FROM has been read. */
  readonly #roots = new Set<string>();

  constructor(tokens: TokenReader) {
    this.#tokens = tokens;
  }

  expression(): Expression {
    this.#depth += 1;
    if (this.#depth > deepest) throw badRequest(`The query nests more than ${deepest} expressions.`);
    const first = this.#conjunction();
    const parts = [first];
    while (this.#tokens.accept('OR')) parts.push(this.#conjunction());
    this.#depth -= 1;
    return parts.length === 1 ? first : { kind: 'or', parts };
  }

  /** A path from the item, such as `c.customer.name`: the first name is the item itself. */
  path(): Path {
    const { text } = this.#tokens.peek();
    if (isReserved(text)) throw this.#tokens.syntaxError('expected a path');
    this.#roots.add(this.#tokens.name());
    const path: string[] = [];
    while (this.#tokens.accept('.')) path.push(this.#tokens.name());
    return path;
  }

  /** @throws CosmosError 400 when a path started with another name than FROM introduced. */
  checkRoots(alias: string): void {
    for (const root of this.#roots) {
      if (root !== alias) throw badRequest(`Identifier '${root}' could not be resolved.`);
    }
  }

  #conjunction(): Expression {
    const first = this.#negation();
    const parts = [first];
    while (this.#tokens.accept('AND')) parts.push(this.#negation());
    return parts.length === 1 ? first : { kind: 'and', parts };
  }

  #negation(): Expression {
    let negated = false;
    while (this.#tokens.accept('NOT')) negated = !negated;
    const operand = this.#comparison();
    return negated ? { kind: 'not', operand } : operand;
  }

  #comparison(): Expression {
    const left = this.#operand();
    if (this.#tokens.sees('NOT')) throw unsupported('NOT before IN, BETWEEN or LIKE');
    const { text } = this.#tokens.peek();
    const comparator = comparators.find((known): known is Comparator => known === text);
    if (comparator === undefined) return left;
    this.#tokens.next();
    return { kind: 'comparison', comparator, left, right: this.#operand() };
  }

  #operand(): Expression {
    const { kind, text } = this.#tokens.peek();
    if (kind === 'string') return { kind: 'constant', value: this.#tokens.next().text };
    if (kind === 'number') return { kind: 'constant', value: this.#tokens.number() };
    if (kind === 'parameter') return { kind: 'parameter', name: this.#tokens.next().text };
    if (kind === 'name') return this.#named(text.toUpperCase());
    if (this.#tokens.accept('-')) return { kind: 'constant', value: -this.#tokens.number() };
    this.#tokens.expect('(');
    const inner = this.expression();
    this.#tokens.expect(')');
    return inner;
  }

  #named(word: string): Expression {
    if (word === 'SELECT') throw unsupported('A subquery');
    if (this.#tokens.sees('(', 1) && !isReserved(word)) return this.#call();
    if (!constants.has(word)) return { kind: 'path', path: this.path() };
    this.#tokens.next();
    return { kind: 'constant', value: constants.get(word) };
  }

  #call(): Expression {
    const name = this.#tokens.name().toUpperCase();
    this.#tokens.expect('(');
    const operands: Expression[] = [];
    if (!this.#tokens.sees(')')) operands.push(this.expression());
    while (this.#tokens.accept(',')) operands.push(this.expression());
    this.#tokens.expect(')');
    return { kind: 'call', name, operands };
  }
}
