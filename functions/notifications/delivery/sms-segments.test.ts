import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostSegments, smsSegments } from './sms-segments.ts';

const plain = fc.constantFrom(...'abcxyzÄß @1');
const escaped = fc.constantFrom(...'€{}[]~|^\\');
const other = fc.constantFrom('😀', 'ł', '字', '𝒜', '“');
const textOf = (letter: fc.Arbitrary<string>, maxLength = 500) => fc.string({ unit: letter, maxLength });

describe('the segments of a text message', () => {
  it.each([
    ['no letter', '', 1],
    ['160 plain letters', 'a'.repeat(160), 1],
    ['161 plain letters', 'a'.repeat(161), 2],
    ['306 plain letters', 'a'.repeat(306), 2],
    ['307 plain letters', 'a'.repeat(307), 3],
    ['459 plain letters', 'a'.repeat(459), 3],
    ['80 euros, which take an escape each', '€'.repeat(80), 1],
    ['81 euros', '€'.repeat(81), 2],
    ['152 plain letters, a euro that would be cut, and 152 more', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
    ['70 letters, one of them a Polish one', `${'a'.repeat(69)}ł`, 1],
    ['70 letters, one of them an emoji of two units', `${'a'.repeat(69)}😀`, 2],
    ['71 letters, one of them an emoji', `${'a'.repeat(70)}😀`, 2],
    ['66 letters, an emoji that would be cut, and 66 more', `${'a'.repeat(66)}😀${'a'.repeat(66)}`, 3],
    ['201 Chinese letters', '字'.repeat(201), 3],
  ])('%s go out in as many parts as they need', (_, text, expected) => {
    expect(smsSegments(text)).toBe(expected);
  });

  it('460 plain letters, and 202 others, are more than anybody pays for', () => {
    for (const text of ['a'.repeat(460), '字'.repeat(202)]) expect(smsSegments(text)).toBeGreaterThan(mostSegments);
  });

  it('plain letters go out by 153, whatever they are', () => {
    fc.assert(
      fc.property(textOf(plain), (text) => {
        expect(smsSegments(text)).toBe(text.length <= 160 ? 1 : Math.ceil(text.length / 153));
      }),
    );
  });

  it('a longer text never goes out in fewer parts, and one letter adds at most one, unless it is the first of another alphabet', () => {
    const letters = fc.oneof(plain, escaped);
    for (const alphabet of [letters, fc.oneof(letters, other)]) {
      fc.assert(
        fc.property(textOf(alphabet), alphabet, (text, letter) => {
          const [before, after] = [smsSegments(text), smsSegments(text + letter)];
          expect(after).toBeGreaterThanOrEqual(before);
          if (isPlain(text) === isPlain(text + letter)) expect(after).toBeLessThanOrEqual(before + 1);
        }),
      );
    }
  });

  it('the parts hold what is in them, with at most one place left over in each for a letter that is not cut apart', () => {
    fc.assert(
      fc.property(textOf(fc.oneof(plain, escaped, other)), (text) => {
        const needed = isPlain(text) ? text.length + text.replaceAll(/[^€{}[\]~|^\\]/g, '').length : text.length;
        const [alone, among] = isPlain(text) ? [160, 153] : [70, 67];
        const parts = smsSegments(text);
        if (needed <= alone) expect(parts).toBe(1);
        else expect([Math.ceil(needed / among), Math.ceil(needed / (among - 1))]).toContain(parts);
      }),
    );
  });
});

function isPlain(text: string): boolean {
  return !/[😀ł字𝒜“]/u.test(text);
}
