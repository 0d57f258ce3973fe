/**
 * The path of a request as a trace may tell it. A part of it that the route calls `{secret}` is kept out; and of what no route takes
 * all of it, since that may be such an address with a slip in it.
 *
 * @example
 * toldPath('api/v1/hooks/{secret}', '/api/v1/hooks/s3cr3t'); // '/api/v1/hooks/***'
 */
export function toldPath(route: string, pathname: string): string {
  const named = route.split('/');
  if (named.includes('{*path}')) return '/***';
  return pathname
    .split('/')
    .map((part, index) => (named[index - 1] === '{secret}' ? '***' : part))
    .join('/');
}
