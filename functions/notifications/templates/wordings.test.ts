import { describe, expect, it } from 'vitest';
import { mostSegments, smsSegments } from '../delivery/sms-segments.ts';
import { Language, languageOf } from './language.ts';
import { Topic } from './templates.ts';
import { greeting, rendered } from './wordings.ts';

const orderId = '01a20947-a59f-76f9-837c-cc7d43945ad1';
const filled = { orderId, at: '2026-11-22T10:00:00.000Z' };
const said = Topic.options.filter((topic) => topic !== 'campaign');
const all = Language.options.flatMap((language) => said.map((topic) => ({ language, topic })));

describe('what a template says', () => {
  it.each(all)('$topic is said in $language, in letters that a text message of $language has room for', ({
    language,
    topic,
  }) => {
    const { subject, body } = rendered(topic, filled, language);
    expect(subject).toMatch(/^\S.*\S$/);
    expect(subject + body).not.toContain('undefined');
    const byPlainLetters = body.length <= 160 ? 1 : Math.ceil(body.length / 153);
    expect([smsSegments(body), byPlainLetters <= mostSegments]).toEqual([byPlainLetters, true]);
    if (topic.startsWith('order-')) expect(body).toContain(orderId);
  });

  it('a reason and what there is too little of are said in the language of whoever reads it', () => {
    const parameters = { orderId: 'o1', reason: 'insufficient-stock', shortages: 'A-1 3/1, B-2 10/0' };
    expect(rendered('order-rejected', parameters, 'en').body).toBe(
      'Order o1 was rejected: we cannot deliver it (insufficient-stock: A-1 (3 wanted, 1 there), B-2 (10 wanted, 0 there)).',
    );
    expect(rendered('order-rejected', parameters, 'de').body).toBe(
      'Bestellung o1 ist abgelehnt: Wir können sie nicht liefern (nicht genug auf Lager: A-1 (3 bestellt, 1 da), B-2 (10 bestellt, 0 da)).',
    );
  });

  it('a reason that was told in words, before it was a code, is said as it is', () => {
    const { body } = rendered('order-cancelled', { orderId: 'o1', reason: 'as you wished' }, 'de');
    expect(body).toContain('(as you wished)');
  });

  it('a time is said as people write it, in UTC', () => {
    const times = Language.options.map((language) => rendered('new-device', filled, language).body);
    for (const body of times) expect(body).toMatch(/22\.? November 2026.* 10:00 UTC/);
  });

  it('a letter begins with the name of whoever it is for, where that is known', () => {
    expect([greeting('Ann Lee', 'en'), greeting(undefined, 'en')]).toEqual(['Hello Ann Lee,', 'Hello,']);
    expect([greeting('Ann Lee', 'de'), greeting(undefined, 'de')]).toEqual(['Guten Tag Ann Lee,', 'Guten Tag,']);
  });

  it.each([
    'J. R. Smith',
    'Dr. Müller',
    'O’Neill-Łukasz 2nd',
    'Ann Lee, Jr.',
    '王 小明',
  ])('a letter greets %s by name', (name) => {
    expect(greeting(name, 'en')).toBe(`Hello ${name},`);
  });

  it.each([
    'You won: http://evil.example/x',
    'evil.example',
    'www.evil.example now',
    'evil。example',
    'write to eve@evil',
    'a'.repeat(71),
  ])('a letter does not pass on what a stranger has written as a name: %s', (name) => {
    expect([greeting(name, 'en'), greeting(name, 'de')]).toEqual(['Hello,', 'Guten Tag,']);
  });
});

it.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['DE', 'de'],
  ['en-GB', 'en'],
  ['fr', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('whoever wants to be written to in %s is written to in %s', (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});
