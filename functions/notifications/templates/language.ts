import { z } from 'zod';

/** The languages that every template is written in. */
export const Language = z.enum(['en', 'de']);
export type Language = z.infer<typeof Language>;

const byDefault: Language = 'en';

/** The language of a tag (BCP 47: `de-AT`), as far as templates are written in it; else English. */
export function languageOf(tag: string | undefined): Language {
  return Language.catch(byDefault).parse(tag?.toLowerCase().split('-')[0]);
}
