import { describe, expect, it } from 'vitest';
import { form } from './form.ts';

describe('a form body', () => {
  it.each([
    ['username=admin%40example.com&password=Admin+123%21', { username: 'admin@example.com', password: 'Admin 123!' }],
    ['a=1&b=&a=2', { a: ['1', '2'], b: '' }],
    ['', {}],
    ['%zz=1&=2', { '%zz': '1', '': '2' }],
  ])('the form body %j is decoded into its fields', (text, fields) => {
    expect(form.parse(text)).toEqual(fields);
  });

  it('a form body may have fields named __proto__ and constructor', () => {
    const fields = form.parse('__proto__=x&constructor=y');
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
    expect(Object.entries(fields ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  it('a form of twenty fields is read, and one of more is refused unread, whatever they are called', () => {
    const fields = (count: number) => Array.from({ length: count }, (_, index) => `f${index}=1`).join('&');
    expect(Object.keys(form.parse(fields(20)) ?? {})).toHaveLength(20);
    for (const text of [fields(21), fields(100_000), 'a&'.repeat(500_000)])
      expect(() => form.parse(text)).toThrow('has more than 20 fields');
  });
});
