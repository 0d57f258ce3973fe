import { z } from 'zod';
import { list } from '../../../shared/settings/list-setting.ts';
import { type AccountWords, isEasilyGuessed } from './easily-guessed.ts';

const classes = {
  upper: { pattern: /\p{Lu}/u, name: 'an upper-case letter' },
  lower: { pattern: /\p{Ll}/u, name: 'a lower-case letter' },
  digit: { pattern: /\p{Nd}/u, name: 'a digit' },
  symbol: { pattern: /[^\p{L}\p{Nd}\s]/u, name: 'a symbol' },
} as const;

const Rule = z.enum(['upper', 'lower', 'digit', 'symbol', 'common']);

/** What a password has to have, and whether it must not be easily guessed (`common`). */
export interface PasswordPolicy {
  readonly length: number;
  readonly rules: readonly z.infer<typeof Rule>[];
}

/** No password is longer: hashing one that has no end would be a way to keep us busy. */
export const longestPassword = 128;
const shortestPolicy = 8;

/** A policy as it is written in the settings: `length:12,common`. */
export const PasswordPolicy = list.transform((words, context): PasswordPolicy => {
  const lengths = words.flatMap((word) => /^length:(\d{1,4})$/.exec(word)?.[1] ?? []).map(Number);
  const rules = z.array(Rule).safeParse(words.filter((word) => !word.startsWith('length:')));
  const [length = 0] = lengths;
  if (lengths.length === 1 && length >= shortestPolicy && length <= longestPassword && rules.success)
    return { length, rules: rules.data };
  context.addIssue(
    `is written length:12,common: how long, from ${shortestPolicy} to ${longestPassword}, then any of ${Rule.options.join(', ')}`,
  );
  return z.NEVER;
});

/** What a password lacks, in words; nothing where it will do. */
export function lacksOf(password: string, { length, rules }: PasswordPolicy, account: AccountWords): readonly string[] {
  const isShort = [...password].length < length;
  return [
    ...(isShort ? [`${length} characters`] : []),
    ...rules.flatMap((rule) => {
      if (rule === 'common')
        return isEasilyGuessed(password, account) ? ['more than a common password or words of the account'] : [];
      return classes[rule].pattern.test(password) ? [] : [classes[rule].name];
    }),
  ];
}
