import { invalidContent } from '../problems/problem.ts';
import type { TextFormat } from './body-format.ts';

/** No form here has as many. Reading them costs time for each, so what has more is refused unread. */
const mostFields = 20;

/**
 * What a form sends (https://url.spec.whatwg.org/#application/x-www-form-urlencoded): an object of texts. A field that is
 * sent twice is a list, so that a schema which takes one text refuses it, as OAuth wants (RFC 6749, section 3.2).
 */
export const form: TextFormat = {
  kind: 'text',
  mediaType: 'application/x-www-form-urlencoded',
  isNamedBy: (mediaType) => mediaType === form.mediaType,
  problems: [],
  parse(text) {
    if (text.split('&', mostFields + 1).length > mostFields)
      throw invalidContent('body', `has more than ${mostFields} fields`);
    const fields = Map.groupBy(new URLSearchParams(text), ([name]) => name);
    return Object.fromEntries([...fields].map(([name, pairs]) => [name, textsOf(pairs)]));
  },
};

function textsOf(pairs: readonly (readonly [name: string, value: string])[]): string | readonly string[] | undefined {
  const values = pairs.map(([, value]) => value);
  return values.length > 1 ? values : values[0];
}
