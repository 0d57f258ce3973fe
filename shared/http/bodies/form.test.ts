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
});
