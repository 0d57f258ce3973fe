import { describe, expect, it } from 'vitest';
import { inE164, TypedTelephone } from './telephone.ts';

describe('a telephone number', () => {
  it.each([
    '+49 30 1234567',
    '+49 (0)30 1234567',
    '0049 30 1234567',
    '030/1234567',
    '(030) 12-34.567',
    ' 30 1234567 ',
  ])('%j is one number, however it is typed', (typed) => {
    expect(inE164(TypedTelephone.parse(typed), '49')).toBe('+49301234567');
  });

  it('a telephone number without the code of a country is of the country that is set', () => {
    expect(inE164('555-123-4567', '1')).toBe('+15551234567');
  });

  it('the zeros that are dialled before the code of a country are none of its fifteen digits', () => {
    expect(inE164(TypedTelephone.parse('00 49 1234567890123'), '49')).toBe('+491234567890123');
  });

  it.each([
    '',
    'ring me',
    '+',
    '12',
    '+49 30 x',
    '1234567890123456',
    '0000',
    '+0049',
    '٣٠١٢٣٤٥',
  ])('%j is no telephone number', (typed) => {
    expect(TypedTelephone.safeParse(typed).success).toBe(false);
  });
});
