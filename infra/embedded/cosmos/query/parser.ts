import { badRequest, unsupported } from '../errors.ts';
import type { AggregateName, Expression, Query, Selection, SortTerm } from './ast.ts';
import { ExpressionParser } from './expression-parser.ts';
import { TokenReader } from './token-reader.ts';

const aggregates: ReadonlySet<string> = new Set<AggregateName>(['COUNT', 'SUM', 'AVG', 'MIN', 'MAX']);

/**
 * Reads a query of the Cosmos DB dialect, as much of it as this server answers.
 * @see https://learn.microsoft.com/azure/cosmos-db/nosql/query/
 * @throws CosmosError 400 at a syntax error, or naming the feature that is not supported.
 */
export function parseQuery(text: string): Query {
  return new QueryParser(text).query();
}

class QueryParser {
  private readonly tokens: TokenReader;
  private readonly expressions: ExpressionParser;

  constructor(text: string) {
    this.tokens = new TokenReader(text);
    this.expressions = new ExpressionParser(this.tokens);
  }

  query(): Query {
    this.tokens.expect('SELECT');
    if (this.tokens.accept('DISTINCT')) throw unsupported('DISTINCT');
    const top = this.tokens.accept('TOP') ? this.count() : undefined;
    const selection = this.selection();
    const alias = this.from();
    const where = this.where();
    if (this.tokens.accept('GROUP')) throw unsupported('GROUP BY');
    const orderBy = this.orderBy();
    const offset = this.tokens.accept('OFFSET') ? this.count() : undefined;
    if (offset !== undefined) this.tokens.expect('LIMIT');
    const limit = offset === undefined ? top : this.count();
    this.finish(alias);
    if (top !== undefined && offset !== undefined) throw badRequest('A query has either TOP or OFFSET LIMIT.');
    if (selection.kind === 'aggregate' && (orderBy.length > 0 || limit !== undefined)) {
      throw unsupported('An aggregate with ORDER BY, TOP or OFFSET LIMIT');
    }
    return { selection, where, orderBy, limit, offset };
  }

  private selection(): Selection {
    if (this.tokens.accept('*')) return { kind: 'item' };
    const isNameOfItem = [',', '.', '[', 'AS', 'FROM'].some((word) => this.tokens.sees(word, 1));
    if (this.tokens.sees('VALUE') && !isNameOfItem) {
      this.tokens.next();
      return this.value();
    }
    const properties = [this.property()];
    while (this.tokens.accept(',')) properties.push(this.property());
    return { kind: 'object', properties };
  }

  private value(): Selection {
    const { kind, text } = this.tokens.peek();
    if (kind !== 'name') throw unsupported(`'${text}' in SELECT VALUE`);
    const name = text.toUpperCase();
    if (!this.tokens.sees('(', 1)) {
      const path = this.path();
      return path.length === 0 ? { kind: 'item' } : { kind: 'value', path };
    }
    if (!aggregates.has(name)) throw unsupported(`${name}() in SELECT`);
    this.tokens.next();
    this.tokens.next();
    const isCountOfItems = name === 'COUNT' && this.tokens.peek().kind === 'number';
    if (isCountOfItems) this.tokens.next();
    const path = isCountOfItems ? undefined : this.path();
    this.tokens.expect(')');
    return { kind: 'aggregate', name: name as AggregateName, path: path?.length === 0 ? undefined : path };
  }

  private property() {
    const word = this.tokens.peek();
    if (word.kind !== 'name') throw unsupported(`'${word.text}' in SELECT`);
    if (this.tokens.sees('(', 1)) throw unsupported(`${word.text.toUpperCase()}() in SELECT without VALUE`);
    const path = this.path();
    const own = path.at(-1) ?? word.text;
    const isNamed = this.tokens.accept('AS') || (this.tokens.peek().kind === 'name' && !this.tokens.sees('FROM'));
    const name = isNamed ? this.tokens.name() : own;
    if (typeof name === 'number')
      throw badRequest('An array element in SELECT has to have a name: c.tags[0] AS first.');
    return { name, path };
  }

  /** FROM with the container under any name; the name that the rest of the query uses for an item. */
  private from(): string {
    this.tokens.expect('FROM');
    const container = this.tokens.name();
    if (this.tokens.sees('IN') || this.tokens.sees('.') || this.tokens.sees('['))
      throw unsupported('FROM a part of the item');
    const isEnd = ['WHERE', 'ORDER', 'OFFSET', 'GROUP', 'JOIN'].some((word) => this.tokens.sees(word));
    const alias =
      this.tokens.accept('AS') || (!isEnd && this.tokens.peek().kind === 'name') ? this.tokens.name() : container;
    if (this.tokens.sees('JOIN') || this.tokens.sees(',')) throw unsupported('JOIN');
    return alias;
  }

  private where(): Expression | undefined {
    return this.tokens.accept('WHERE') ? this.expressions.expression() : undefined;
  }

  private orderBy(): readonly SortTerm[] {
    if (!this.tokens.accept('ORDER')) return [];
    this.tokens.expect('BY');
    const terms = [this.sortTerm()];
    while (this.tokens.accept(',')) terms.push(this.sortTerm());
    return terms;
  }

  private sortTerm(): SortTerm {
    if (this.tokens.sees('(', 1)) throw unsupported('A function in ORDER BY');
    const path = this.path();
    const descending = this.tokens.accept('DESC');
    if (!descending) this.tokens.accept('ASC');
    if (path.length === 0) throw badRequest('ORDER BY has to name a property of the item.');
    return { path, descending };
  }

  private count(): Expression {
    const { kind, text } = this.tokens.next();
    if (kind === 'number') return { kind: 'constant', value: Number(text) };
    if (kind === 'parameter') return { kind: 'parameter', name: text };
    throw badRequest(`Syntax error, incorrect syntax near '${text}': expected a number or a parameter.`);
  }

  private path() {
    return this.expressions.path();
  }

  private finish(alias: string): void {
    if (this.tokens.peek().kind !== 'end') throw this.tokens.syntaxError('expected the end of the query');
    this.expressions.checkRoots(alias);
  }
}
