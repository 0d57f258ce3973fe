import { z } from 'zod';
import type { TextFormat } from './body-format.ts';
import { form } from './form.ts';

/**
 * A form as OAuth clients send it: parameters that the schema does not know are ignored, and empty ones count as left out. One
 * that it knows and that is sent twice is refused by the schema.
 * Source: https://www.rfc-editor.org/rfc/rfc6749#section-3.2
 */
export function oauthForm({ shape }: Pick<z.ZodObject, 'shape'>): TextFormat {
  return {
    ...form,
    parse(text) {
      const sent = Object.entries(Parameters.parse(form.parse(text)));
      return Object.fromEntries(sent.filter(([name, value]) => Object.hasOwn(shape, name) && value !== ''));
    },
  };
}

const Parameters = z.record(z.string(), z.unknown());
