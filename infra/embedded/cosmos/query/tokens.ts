import { badRequest } from '../errors.ts';

/** A word of a query: keywords and names are told apart by the parser, which knows what may stand where. */
export interface Token {
  readonly kind: 'name' | 'parameter' | 'string' | 'number' | 'mark' | 'end';
  /** As written, except for a string, which is here without quotes and escapes. */
  readonly text: string;
  /** Position in the query, for messages. */
  readonly at: number;
}

const pattern =
  /\s+|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<parameter>@\w+)|(?<name>[A-Za-z_]\w*)|(?<mark><=|>=|!=|<>|\|\||\?\?|[-=<>(),.[\]*+/%{}:?])/sy;

/**
 * Splits a query into tokens.
 * @throws CosmosError 400 at a character that starts none.
 */
export function tokenize(query: string): readonly Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  for (let at = 0; at < query.length; at = pattern.lastIndex) {
    const match = pattern.exec(query);
    if (match === null) throw badRequest(`Syntax error, incorrect syntax near '${query.slice(at, at + 10)}'.`);
    const { number, string, parameter, name, mark } = match.groups ?? {};
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (string !== undefined) tokens.push({ kind: 'string', text: unescaped(string), at });
    else if (parameter !== undefined) tokens.push({ kind: 'parameter', text: parameter, at });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark, at });
  }
  tokens.push({ kind: 'end', text: 'end of query', at: query.length });
  return tokens;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function unescaped(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, code?: string, character = '') =>
      code === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
    );
}
