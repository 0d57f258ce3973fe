import { badRequest, type CosmosError } from '../errors.ts';
import { type Keyword, type Mark, refusalOf } from './keywords.ts';
import { type Token, tokenize } from './tokens.ts';

/** Walks over the tokens of a query. Keywords are known by their text, in any case. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(query: string) {
    this.#tokens = tokenize(query);
  }

  /** The token `ahead` places from here. */
  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#position + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new RangeError('A token list always has its end.');
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.#position += 1;
    return token;
  }

  /** Whether this keyword or mark comes next. */
  sees(word: Keyword | Mark, ahead = 0): boolean {
    const { kind, text } = this.peek(ahead);
    return (kind === 'name' || kind === 'mark') && text.toUpperCase() === word;
  }

  /** Steps over a keyword or mark where it comes next, and says whether it did. */
  accept(word: Keyword | Mark): boolean {
    if (!this.sees(word)) return false;
    this.#position += 1;
    return true;
  }

  /** @throws CosmosError 400 when something else comes next. */
  expect(word: Keyword | Mark): void {
    if (!this.accept(word)) throw this.syntaxError(`expected '${word}'`);
  }

  /** @throws CosmosError 400 when no name comes next. */
  name(): string {
    if (this.peek().kind !== 'name') throw this.syntaxError('expected a name');
    return this.next().text;
  }

  /** @throws CosmosError 400 when no number comes next. */
  number(): number {
    if (this.peek().kind !== 'number') throw this.syntaxError('expected a number');
    return Number(this.next().text);
  }

  /** What is wrong at this place: a feature that this server refuses by name, or a mistake. */
  syntaxError(expectation: string): CosmosError {
    const { kind, text, at } = this.peek();
    const refusal = kind === 'name' || kind === 'mark' ? refusalOf(text) : undefined;
    return refusal ?? badRequest(`Syntax error, incorrect syntax near '${text}' at position ${at}: ${expectation}.`);
  }
}
