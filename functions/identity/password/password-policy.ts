import { z } from 'zod';

const classes = {
  upper: { pattern: /\p{Lu}/u, name: 'an upper-case letter' },
  lower: { pattern: /\p{Ll}/u, name: 'a lower-case letter' },
  digit: { pattern: /\p{Nd}/u, name: 'a digit' },
  symbol: { pattern: /[^\p{L}\p{Nd}\s]/u, name: 'a symbol' },
} as const;

const CharacterClass = z.enum(['upper', 'lower', 'digit', 'symbol']);

/** What a password has to have. */
export interface PasswordPolicy {
  readonly length: number;
  readonly classes: readonly z.infer<typeof CharacterClass>[];
}

/** No password is longer: hashing one that has no end would be a way to keep us busy. */
export const longestPassword = 128;

/** A policy as it is written in the settings: `length:8,upper,lower,digit`. */
export const PasswordPolicy = z
  .string()
  .regex(/^length:\d{1,3}(,(upper|lower|digit|symbol))*$/, {
    error: 'is written length:8,upper,lower,digit: how long, then what has to be in it (upper, lower, digit, symbol)',
  })
  .transform((text): PasswordPolicy => {
    const [length = '', ...rest] = text.split(',');
    return { length: Number(length.slice('length:'.length)), classes: rest.map((one) => CharacterClass.parse(one)) };
  });

/** What a password lacks, in words; nothing where it will do. */
export function lacksOf(password: string, policy: PasswordPolicy): readonly string[] {
  const isShort = [...password].length < policy.length;
  return [
    ...(isShort ? [`${policy.length} characters`] : []),
    ...policy.classes.flatMap((one) => (classes[one].pattern.test(password) ? [] : [classes[one].name])),
  ];
}
