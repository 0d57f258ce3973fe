const guid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/**
 * Tells which paths a route takes: literals, `{x}`, `{x?}` and `{x:guid}`, in any case, with or without a slash at the end
 * (https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-templates, as far as routes here go).
 */
export function matchesPath(route: string): (pathname: string) => boolean {
  const segments = route.split('/').map((segment) => {
    const [, constraint, optional] = /^\{\w+(?::(\w+))?(\?)?\}$/.exec(segment) ?? [segment];
    if (!segment.startsWith('{')) return `/${segment.replaceAll(/[.*+?^$()[\]\\|]/g, '\\$&')}`;
    const value = `/${constraint === 'guid' ? guid : '[^/]+'}`;
    return optional === undefined ? value : `(?:${value})?`;
  });
  const pattern = new RegExp(`^${segments.join('')}/?$`, 'i');
  return (pathname) => pattern.test(pathname);
}
