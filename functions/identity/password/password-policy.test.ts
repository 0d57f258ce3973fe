import { describe, expect, it } from 'vitest';
import { lacksOf, PasswordPolicy } from './password-policy.ts';

const usual = PasswordPolicy.parse('length:8,upper,lower,digit');

describe('the password policy', () => {
  it.each([
    ['Admin123', []],
    ['Éric-1234', []],
    ['admin123', ['an upper-case letter']],
    ['ADMIN123', ['a lower-case letter']],
    ['Adminabc', ['a digit']],
    ['Admin12', ['8 characters']],
    ['', ['8 characters', 'an upper-case letter', 'a lower-case letter', 'a digit']],
  ])('the password %j lacks %j by the default policy', (password, lacks) => {
    expect(lacksOf(password, usual)).toEqual(lacks);
  });

  it('a password is checked against the configured policy', () => {
    expect(lacksOf('four words in lower case', PasswordPolicy.parse('length:15'))).toEqual([]);
    expect(lacksOf('Admin123', PasswordPolicy.parse('length:8,symbol'))).toEqual(['a symbol']);
  });
});

it.each(['', '8', 'length:', 'length:8,', 'length:8,vowel', 'upper'])('%j is refused as a password policy', (text) => {
  expect(PasswordPolicy.safeParse(text).success).toBe(false);
});
