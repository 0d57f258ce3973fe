import { badRequest, unsupported } from '../errors.ts';
import { aggregates } from './aggregate.ts';
import type { Expression, Query, Selection, SortTerm } from './ast.ts';
import { ExpressionParser } from './expression-parser.ts';
import { isReserved } from './keywords.ts';
import { TokenReader } from './token-reader.ts';

/**
 * Reads a query of the Cosmos DB dialect, as much of it as this server answers.
 * @see https://learn.microsoft.com/azure/cosmos-db/nosql/query/
 * @throws CosmosError 400 at a syntax error, or naming the feature that is not supported.
 */
export function parseQuery(text: string): Query {
  return new QueryParser(text).query();
}

class QueryParser {
  readonly #tokens: TokenReader;
  readonly #expressions: ExpressionParser;

  constructor(text: string) {
    this.#tokens = new TokenReader(text);
    this.#expressions = new ExpressionParser(this.#tokens);
  }

  query(): Query {
    this.#tokens.expect('SELECT');
    const limit = this.#tokens.accept('TOP') ? this.#count() : undefined;
    const selection = this.#selection();
    const alias = this.#from();
    const where = this.#tokens.accept('WHERE') ? this.#expressions.expression() : undefined;
    const orderBy = this.#orderBy();
    if (this.#tokens.peek().kind !== 'end') throw this.#tokens.syntaxError('expected the end of the query');
    this.#expressions.checkRoots(alias);
    if (selection.kind === 'aggregate' && (orderBy.length > 0 || limit !== undefined)) {
      throw unsupported('An aggregate with ORDER BY or TOP');
    }
    return { selection, where, orderBy, limit };
  }

  #selection(): Selection {
    if (this.#tokens.accept('*')) return { kind: 'item' };
    if (this.#tokens.accept('VALUE')) return this.#value();
    const properties = [this.#property()];
    while (this.#tokens.accept(',')) properties.push(this.#property());
    return { kind: 'object', properties };
  }

  #value(): Selection {
    if (this.#tokens.sees('(', 1)) return this.#aggregate();
    const path = this.#expressions.path();
    return path.length === 0 ? { kind: 'item' } : { kind: 'value', path };
  }

  #aggregate(): Selection {
    const name = this.#tokens.name().toUpperCase();
    const aggregate = aggregates.get(name);
    if (aggregate === undefined) throw unsupported(`${name}() in SELECT`);
    this.#tokens.expect('(');
    const selection: Selection = { kind: 'aggregate', aggregate: aggregate.read(this.#tokens, this.#expressions) };
    this.#tokens.expect(')');
    return selection;
  }

  #property() {
    if (this.#tokens.sees('(', 1)) throw unsupported(`${this.#tokens.name().toUpperCase()}() in SELECT without VALUE`);
    const path = this.#expressions.path();
    const name = path.at(-1);
    if (name === undefined) throw unsupported('A whole item as a property of the result');
    if (this.#tokens.sees('AS')) throw unsupported('Another name for a property of the result (AS)');
    return { name, path };
  }

  /** FROM with the container under any name; the name that the rest of the query uses for an item. */
  #from(): string {
    this.#tokens.expect('FROM');
    const container = this.#tokens.name();
    if (this.#tokens.sees('.')) throw unsupported('FROM a part of the item');
    const next = this.#tokens.peek();
    const isNamed = this.#tokens.accept('AS') || (next.kind === 'name' && !isReserved(next.text));
    return isNamed ? this.#tokens.name() : container;
  }

  #orderBy(): readonly SortTerm[] {
    if (!this.#tokens.accept('ORDER')) return [];
    this.#tokens.expect('BY');
    const terms = [this.#sortTerm()];
    while (this.#tokens.accept(',')) terms.push(this.#sortTerm());
    return terms;
  }

  #sortTerm(): SortTerm {
    if (this.#tokens.sees('(', 1)) throw unsupported('A function in ORDER BY');
    const path = this.#expressions.path();
    const descending = this.#tokens.accept('DESC');
    if (!descending) this.#tokens.accept('ASC');
    if (path.length === 0) throw badRequest('ORDER BY has to name a property of the item.');
    return { path, descending };
  }

  #count(): Expression {
    const { kind, text } = this.#tokens.next();
    if (kind === 'number') return { kind: 'constant', value: Number(text) };
    if (kind === 'parameter') return { kind: 'parameter', name: text };
    throw badRequest(`Syntax error, incorrect syntax near '${text}': expected a number or a parameter.`);
  }
}
