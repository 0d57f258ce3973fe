import { describe, expect, it } from 'vitest';
import { form } from './form.ts';

describe('a form', () => {
  it.each([
    ['username=admin%40example.com&password=Admin+123%21', { username: 'admin@example.com', password: 'Admin 123!' }],
    ['a=1&b=&a=2', { a: ['1', '2'], b: '' }],
    ['', {}],
    ['%zz=1&=2', { '%zz': '1', '': '2' }],
  ])('%s', (text, fields) => {
    expect(form.parse(text)).toEqual(fields);
  });

  it('has fields only, whatever they are called', () => {
    const fields = form.parse('__proto__=x&constructor=y');
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
    expect(Object.entries(fields ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});
