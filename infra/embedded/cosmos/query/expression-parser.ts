import { badRequest, unsupported } from '../errors.ts';
import type { Path } from '../model/json-path.ts';
import type { Comparator, Expression } from './ast.ts';
import type { TokenReader } from './token-reader.ts';

/** Deeper nesting than anybody writes, and far from where the stack would end. */
const deepest = 64;

const comparators: ReadonlySet<string> = new Set<Comparator>(['=', '!=', '<', '<=', '>', '>=']);

const constants: ReadonlyMap<string, null | boolean | undefined> = new Map([
  ['NULL', null],
  ['TRUE', true],
  ['FALSE', false],
  ['UNDEFINED', undefined],
]);

/** Reads the expressions of a query by recursive descent, from the weakest binding operator to the strongest. */
export class ExpressionParser {
  private readonly tokens: TokenReader;
  private depth = 0;
  /** The name that stands for the item in this query; known once FROM has been read. */
  private readonly roots = new Set<string>();

  constructor(tokens: TokenReader) {
    this.tokens = tokens;
  }

  expression(): Expression {
    this.depth += 1;
    if (this.depth > deepest) throw badRequest(`The query nests more than ${deepest} expressions.`);
    const first = this.conjunction();
    const parts = [first];
    while (this.tokens.accept('OR')) parts.push(this.conjunction());
    this.depth -= 1;
    return parts.length === 1 ? first : { kind: 'or', parts };
  }

  /** A path from the item, such as `c.lines[0].sku`: the first name is the item itself. */
  path(): Path {
    this.roots.add(this.tokens.name());
    const path: (string | number)[] = [];
    for (;;) {
      if (this.tokens.accept('.')) path.push(this.tokens.name());
      else if (this.tokens.accept('[')) path.push(this.step());
      else return path;
    }
  }

  /** @throws CosmosError 400 when a path started with another name than FROM introduced. */
  checkRoots(alias: string): void {
    for (const root of this.roots) {
      if (root !== alias) throw badRequest(`Identifier '${root}' could not be resolved.`);
    }
  }

  private conjunction(): Expression {
    const first = this.negation();
    const parts = [first];
    while (this.tokens.accept('AND')) parts.push(this.negation());
    return parts.length === 1 ? first : { kind: 'and', parts };
  }

  private negation(): Expression {
    let negated = false;
    while (this.tokens.accept('NOT')) negated = !negated;
    const operand = this.predicate();
    return negated ? { kind: 'not', operand } : operand;
  }

  private predicate(): Expression {
    const left = this.operand();
    const negated = this.tokens.sees('NOT') && this.tokens.accept('NOT');
    const condition = this.condition(left);
    if (negated && condition === left) throw this.tokens.syntaxError('expected IN or BETWEEN');
    return negated ? { kind: 'not', operand: condition } : condition;
  }

  private condition(left: Expression): Expression {
    const { text } = this.tokens.peek();
    if (comparators.has(text)) {
      this.tokens.next();
      return { kind: 'comparison', comparator: text as Comparator, left, right: this.operand() };
    }
    if (this.tokens.accept('IN')) {
      this.tokens.expect('(');
      return { kind: 'membership', operand: left, choices: { kind: 'list', items: this.listUntil(')') } };
    }
    if (this.tokens.accept('BETWEEN')) {
      const from: Expression = { kind: 'comparison', comparator: '>=', left, right: this.operand() };
      this.tokens.expect('AND');
      return { kind: 'and', parts: [from, { kind: 'comparison', comparator: '<=', left, right: this.operand() }] };
    }
    if (this.tokens.sees('LIKE')) throw unsupported('LIKE');
    return left;
  }

  private operand(): Expression {
    const operand = this.primary();
    const { kind, text } = this.tokens.peek();
    if (kind === 'symbol' && ['+', '-', '*', '/', '%', '||', '??', '?'].includes(text))
      throw unsupported(`Operator ${text}`);
    return operand;
  }

  private primary(): Expression {
    const { kind, text } = this.tokens.peek();
    if (kind === 'string') return { kind: 'constant', value: this.tokens.next().text };
    if (kind === 'number') return { kind: 'constant', value: Number(this.tokens.next().text) };
    if (kind === 'parameter') return { kind: 'parameter', name: this.tokens.next().text };
    if (kind === 'name') return this.named(text.toUpperCase());
    if (this.tokens.accept('-')) return { kind: 'constant', value: -Number(this.number()) };
    if (this.tokens.accept('[')) return { kind: 'list', items: this.listUntil(']') };
    if (this.tokens.sees('{')) throw unsupported('An object in a query');
    this.tokens.expect('(');
    if (this.tokens.sees('SELECT')) throw unsupported('A subquery');
    const inner = this.expression();
    this.tokens.expect(')');
    return inner;
  }

  private named(word: string): Expression {
    if (this.tokens.sees('(', 1)) {
      this.tokens.next();
      this.tokens.next();
      return { kind: 'call', name: word, operands: this.listUntil(')') };
    }
    if (constants.has(word)) {
      this.tokens.next();
      return { kind: 'constant', value: constants.get(word) };
    }
    return { kind: 'path', path: this.path() };
  }

  private listUntil(end: string): readonly Expression[] {
    if (this.tokens.accept(end)) return [];
    if (this.tokens.sees('SELECT')) throw unsupported('A subquery');
    const items = [this.expression()];
    while (this.tokens.accept(',')) items.push(this.expression());
    this.tokens.expect(end);
    return items;
  }

  private step(): string | number {
    const step = this.tokens.peek().kind === 'string' ? this.tokens.next().text : Number(this.number());
    this.tokens.expect(']');
    return step;
  }

  private number(): string {
    if (this.tokens.peek().kind !== 'number') throw this.tokens.syntaxError('expected a number');
    return this.tokens.next().text;
  }
}
