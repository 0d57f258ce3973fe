import { ProtoMemberError, parseJson } from '../../bounded-json.ts';
import { invalidContent, Problem } from '../problems/problem.ts';
import type { TextFormat } from './body-format.ts';

/** JSON, and every media type that is built on it (RFC 6839, section 3.1). */
export const json: TextFormat = {
  kind: 'text',
  mediaType: 'application/json',
  isNamedBy: (mediaType) => /^application\/([a-z0-9.-]+\+)?json$/.test(mediaType),
  problems: ['broken-json'],
  parse(text) {
    if (text === '') throw new Problem(400, 'broken-json', 'A JSON body is needed; this one is empty.');
    let value: unknown;
    try {
      value = parseJson(text);
    } catch (error) {
      if (error instanceof ProtoMemberError) throw invalidContent('body', 'is not a known field', '__proto__');
      throw new Problem(400, 'broken-json', `The body is not JSON: ${String(error)}`);
    }
    return value;
  },
};
