import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

let text: string | undefined;

/**
 * Whether it is one of the 49,233 commonest passwords of leaked lists, all in lower case. They stay the text of a JSON array, half a
 * megabyte that is read when it is first asked for: to look through it takes about a thousandth of what a hash takes.
 */
export function isCommonest(password: string): boolean {
  text ??= readFileSync(
    createRequire(import.meta.url).resolve('@zxcvbn-ts/language-common/src/passwords.json'),
    'latin1',
  );
  return text.includes(JSON.stringify(password));
}
