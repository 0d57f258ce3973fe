import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEasilyGuessed } from './easily-guessed.ts';

const ann = { email: 'ann.miller@xn--bcher-kva.example', first_name: 'Anneliese', last_name: 'Müller' };

describe('a password that is easily guessed', () => {
  it.each([
    'Password1',
    'Passw0rd',
    'Qwerty123',
    'Admin123',
    '123456789012',
    'ｐａｓｓｗｏｒｄ１',
    'Password-2026!!!',
    '!!!iloveyou2026',
    'passwordpassword',
    '123123123123123',
    'Lagerhaus2026!',
    'warehouse-Lagerhaus-1',
    'ann.miller@bücher.example',
    'Ann-Miller-2026',
    'MÜLLER1234567',
    'MU\u0308LLER1234567',
    'anneliese müller 7',
    'bücher.example',
    'miller-dragon-99',
  ])('the password %j is easily guessed', (password) => {
    expect(isEasilyGuessed(password, ann)).toBe(true);
  });

  it.each([
    'correct horse battery staple',
    'Miller buys four lamps',
    'ein Haus voller Bücher',
    'пять жёлтых стульев',
    '👩‍🚀 flies to the 🌙',
    'vK3#qp-9xL!w',
    '839201847362',
    '"],["',
  ])('the password %j is not easily guessed', (password) => {
    expect(isEasilyGuessed(password, ann)).toBe(false);
  });

  it('any text is judged as a password, and alike in capitals and small letters', () => {
    const typed = fc.string({
      unit: fc.constantFrom('a', 'n', 'Ü', 'ß', '1', ' ', '"', '\\', '\n', '💺'),
      maxLength: 128,
    });
    fc.assert(
      fc.property(typed, (text) => {
        expect(isEasilyGuessed(text.toUpperCase(), ann)).toBe(isEasilyGuessed(text, ann));
        expect(isEasilyGuessed(`${text} four yellow chairs`, ann)).toBe(false);
      }),
    );
  });
});
