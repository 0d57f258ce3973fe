import { english } from './english.ts';
import { german } from './german.ts';
import { greetedName } from './greeted-name.ts';
import type { Language } from './language.ts';
import type { Parameters, Text } from './template.ts';
import { knownName } from './templates.ts';
import type { Wordings } from './wording.ts';

const wordings: Readonly<Record<Language, Wordings>> = { en: english, de: german };

/** What a template says in a language. @throws Error where there is no such template. */
export function rendered(template: string, parameters: Parameters, language: Language): Text {
  return wordings[language].texts[knownName(template)](parameters);
}

/** How a letter begins: with the name, where that is known and nothing else. */
export function greeting(name: string | undefined, language: Language): string {
  return wordings[language].greeting(greetedName(name));
}
