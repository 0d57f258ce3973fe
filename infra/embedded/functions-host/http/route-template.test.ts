import { describe, expect, it } from 'vitest';
import { parseRouteTemplate, splitPath } from './route-template.ts';

const match = (template: string, path: string) => parseRouteTemplate(template)(splitPath(path));

describe('a route template', () => {
  it('matches whole paths: literals in any case, a value for each parameter', () => {
    expect(match('api/orders/{id}', '/API/Orders/a-1')).toEqual({ id: 'a-1' });
    expect(match('api/orders/{id}', '/api/orders')).toBeUndefined();
    expect(match('api/orders/{id}', '/api/orders/1/lines')).toBeUndefined();
    expect(match('/orders/', '/orders')).toEqual({});
    expect(match('', '/')).toEqual({});
  });

  it('leaves an optional parameter out, or takes its default', () => {
    expect(match('orders/{id?}', '/orders/')).toEqual({});
    expect(match('orders/{page=1}', '/orders')).toEqual({ page: '1' });
    expect(match('orders/{page:int=1}', '/orders/x')).toBeUndefined();
  });

  it('takes the rest of a path, slashes and all', () => {
    expect(match('files/{*path}', '/files/a/b')).toEqual({ path: 'a/b' });
    expect(match('files/{**path}', '/files')).toEqual({});
    expect(() => parseRouteTemplate('{*path}/more')).toThrow('must be the last segment');
  });

  it('keeps what its constraints let through', () => {
    const values: [string, string, boolean][] = [
      ['int', '-5', true],
      ['int', '2147483648', false],
      ['long', '2147483648', true],
      ['guid', '6f9619ff-8b86-d011-b42d-00cf4fc964ff', true],
      ['guid', '6f9619ff8b86d011b42d00cf4fc964ff', true],
      ['guid', '6f9619ff-8b86-d011-b42d-00cf4fc964f', false],
      ['alpha', 'aZ', true],
      ['alpha', 'a1', false],
      ['bool', 'TRUE', true],
      ['decimal', '1.5', true],
      ['double', '1e3', true],
      ['length(2)', 'ab', true],
      ['length(2,3)', 'abcd', false],
      ['minlength(2)', 'a', false],
      ['maxlength(2)', 'abc', false],
      ['int:min(3)', '2', false],
      ['max(3)', '4', false],
      ['range(1,3)', '3', true],
    ];
    for (const [constraint, value, matches] of values) {
      expect(match(`{x:${constraint}}`, `/${value}`), `${constraint} ${value}`).toEqual(
        matches ? { x: value } : undefined,
      );
    }
  });

  it('is refused where it has what is not supported, by name', () => {
    expect(() => parseRouteTemplate('v{version}')).toThrow('"v{version}" is not one whole parameter');
    expect(() => parseRouteTemplate('{x:slug}')).toThrow('the constraint "slug" is not known');
  });
});
