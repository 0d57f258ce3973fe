import { describe, expect, it } from 'vitest';
import { lacksOf, PasswordPolicy } from './password-policy.ts';

const ann = { email: 'ann@example.com' };
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
    expect(lacksOf(password, usual, ann)).toEqual(lacks);
  });

  it('a password is checked against the configured policy', () => {
    expect(lacksOf('four words in lower case', PasswordPolicy.parse('length:15'), ann)).toEqual([]);
    expect(lacksOf('Admin123', PasswordPolicy.parse('length:8,symbol'), ann)).toEqual(['a symbol']);
  });
});

describe('the policy length:12,common', () => {
  const policy = PasswordPolicy.parse('common, length:12');

  it('the policy length:12,common refuses what is short or easily guessed, and takes phrases', () => {
    expect(lacksOf('Admin123', policy, ann)).toEqual(
      ['more than a common password or words of the account', '12 characters'].toReversed(),
    );
    expect(lacksOf('Password2026!!', policy, ann)).toHaveLength(1);
    expect(lacksOf('correct horse battery staple', policy, ann)).toEqual([]);
  });
});

it.each([
  '',
  '8',
  'length:',
  'length:8,vowel',
  'upper',
  'length:7',
  'length:129',
  'length:12,length:8',
  'length:8x',
  'common',
])('%j is refused as a password policy, with how one is written', (text) => {
  expect(PasswordPolicy.safeParse(text).error?.issues[0]?.message).toContain('is written length:12,common');
});
