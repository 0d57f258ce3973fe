import { badRequest, type CosmosError } from '../errors.ts';
import { type Token, tokenize } from './tokens.ts';

/** Walks over the tokens of a query. Keywords are known by their text, in any case. */
export class TokenReader {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(query: string) {
    this.tokens = tokenize(query);
  }

  /** The token `ahead` places from here. */
  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.position + ahead, this.tokens.length - 1)];
    if (token === undefined) throw new RangeError('A token list always has its end.');
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  /** Whether this keyword or symbol comes next. */
  sees(word: string, ahead = 0): boolean {
    const { kind, text } = this.peek(ahead);
    return (kind === 'name' || kind === 'symbol') && text.toUpperCase() === word;
  }

  /** Steps over a keyword or symbol where it comes next, and says whether it did. */
  accept(word: string): boolean {
    if (!this.sees(word)) return false;
    this.position += 1;
    return true;
  }

  /** @throws CosmosError 400 when something else comes next. */
  expect(word: string): void {
    if (!this.accept(word)) throw this.syntaxError(`expected '${word}'`);
  }

  /** @throws CosmosError 400 when no name comes next. */
  name(): string {
    if (this.peek().kind !== 'name') throw this.syntaxError('expected a name');
    return this.next().text;
  }

  /** What is wrong at this place. */
  syntaxError(wish: string): CosmosError {
    const { text, at } = this.peek();
    return badRequest(`Syntax error, incorrect syntax near '${text}' at position ${at}: ${wish}.`);
  }
}
