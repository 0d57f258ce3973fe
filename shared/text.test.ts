import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded, freeText, line, text } from './text.ts';

describe('a text that somebody writes', () => {
  it.each([
    ['around it are blanks', '  Desk lamp \n', 'Desk lamp'],
    ['it comes decomposed from a Mac', 'Mu\u0308nchner', 'M\u00fcnchner'],
    ['it is of several lines', 'a\r\n\tb', 'a\r\n\tb'],
    ['it has emoji', 'lamp 💡', 'lamp 💡'],
    ['it has what joins and directs letters', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['a letter has marks upon marks', `q${'\u0323'.repeat(30)}`, `q${'\u0323'.repeat(30)}`],
  ])('a text is taken where %s', (_, sent, taken) => {
    expect(text(40).parse(sent)).toBe(taken);
  });

  it.each([
    ['it is blank', ' \n\u00a0', 'is blank'],
    ['nothing of it can be seen', '\u200b \u2060\u00ad\u3164\u2800', 'is blank'],
    ['a letter has more marks than any has', `q${'\u0323'.repeat(31)}`, 'has more than 30 marks on one letter'],
    ['it has half of a character', '\udc00', 'has half of a character (a lone surrogate)'],
    ['it has a control character', 'a\u0000b', 'has a control character'],
  ])('a text is refused where %s', (_, sent, why) => {
    expect(
      text(40)
        .safeParse(sent)
        .error?.issues.map(({ message }) => message),
    ).toEqual([why]);
  });

  it('a text that may be left empty may be blank, and a name has one line', () => {
    expect(freeText(20).parse(' ')).toBe('');
    expect(line(20).safeParse('a\nb').success).toBe(false);
    expect(line(4).safeParse('12345').success).toBe(false);
  });

  it('a text that was taken is taken again as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (sent) => {
        const taken = freeText(100).safeParse(sent);
        if (taken.success) expect(freeText(100).parse(taken.data)).toBe(taken.data);
      }),
    );
  });
});

describe('folded texts', () => {
  it.each([
    ['İSTANBUL HALI', 'istanbul halı'],
    ['ISPARTA', 'ısparta'],
    ['STRASSE', 'straße'],
    ['STRAẞE', 'straße'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσεύς'.normalize('NFD').replaceAll('\u0301', '')],
    ['Ärmel', 'A\u0308RMEL'],
    ['ﬁlm', 'FILM'],
    ['５０', '50'],
  ])('the texts %s and %s are the same once folded', (one, other) => {
    expect(folded(one)).toBe(folded(other));
  });

  it('a folded text stays the same when it is folded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (sent) => {
        expect(folded(folded(sent))).toBe(folded(sent));
      }),
    );
  });
});
