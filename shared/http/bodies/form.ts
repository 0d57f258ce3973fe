import type { BodyFormat } from './body-format.ts';

/**
 * What a form sends (https://url.spec.whatwg.org/#application/x-www-form-urlencoded): an object of texts. A field that is
 * sent twice is a list, so that a schema which takes one text refuses it, as OAuth wants (RFC 6749, section 3.2).
 */
export const form: BodyFormat = {
  mediaType: 'application/x-www-form-urlencoded',
  isNamedBy: (mediaType) => mediaType === form.mediaType,
  problems: [],
  parse(text) {
    const fields = new URLSearchParams(text);
    return Object.fromEntries([...new Set(fields.keys())].map((name) => [name, textsOf(fields.getAll(name))]));
  },
};

function textsOf(values: readonly string[]): string | readonly string[] | undefined {
  return values.length > 1 ? values : values[0];
}
