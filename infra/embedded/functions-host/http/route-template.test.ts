import { describe, expect, it } from 'vitest';
import { parseRouteTemplate, splitPath } from './route-template.ts';

const match = (template: string, path: string) => parseRouteTemplate(template)(splitPath(path));

describe('a route template', () => {
  it('a route template matches whole paths, with literals in any case and a value for each parameter', () => {
    expect(match('api/orders/{id}', '/API/Orders/a-1')).toEqual({ id: 'a-1' });
    expect(match('api/orders/{id}', '/api/orders')).toBeUndefined();
    expect(match('api/orders/{id}', '/api/orders/1/lines')).toBeUndefined();
    expect(match('/orders/', '/orders')).toEqual({});
    expect(match('', '/')).toEqual({});
  });

  it('a route template may end with an optional parameter', () => {
    expect(match('orders/{id?}', '/orders/')).toEqual({});
  });

  it('a catch-all parameter matches the rest of a path with its slashes', () => {
    expect(match('files/{*path}', '/files/a/b')).toEqual({ path: 'a/b' });
    expect(match('files/{**path}', '/files')).toEqual({});
    expect(() => parseRouteTemplate('{*path}/more')).toThrow('must be the last segment');
  });

  it('a route template matches only values that fit its constraints', () => {
    const values: [string, string, boolean][] = [
      ['int', '-5', true],
      ['int', '2147483648', false],
      ['guid', '6f9619ff-8b86-d011-b42d-00cf4fc964ff', true],
      ['guid', '6f9619ff8b86d011b42d00cf4fc964ff', true],
      ['guid', '6f9619ff-8b86-d011-b42d-00cf4fc964f', false],
      ['alpha', 'aZ', true],
      ['alpha', 'a1', false],
      ['int:alpha', '1', false],
    ];
    for (const [constraint, value, matches] of values) {
      expect(match(`{x:${constraint}}`, `/${value}`), `${constraint} ${value}`).toEqual(
        matches ? { x: value } : undefined,
      );
    }
  });

  it('a route template with something unsupported is refused and names it', () => {
    expect(() => parseRouteTemplate('v{version}')).toThrow('"v{version}" is not one whole parameter');
    expect(() => parseRouteTemplate('{x=1}')).toThrow('"{x=1}" is not one whole parameter');
    expect(() => parseRouteTemplate('{x:slug}')).toThrow('the constraint "slug" is not known');
    expect(() => parseRouteTemplate('{x:range(1,3)}')).toThrow('the constraint "range(1,3)" is not known');
  });
});
