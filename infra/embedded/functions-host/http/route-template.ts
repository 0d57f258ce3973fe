import { type RouteConstraint, routeConstraints } from './route-constraints.ts';

/** The values of a route's parameters. One that the path leaves out is not there. */
export type RouteParams = Readonly<Record<string, string>>;

/** The parameters of a path that the route matches; undefined when it does not. */
export type RouteMatcher = (segments: readonly string[]) => RouteParams | undefined;

interface Literal {
  readonly kind: 'literal';
  readonly text: string;
}
interface Parameter {
  readonly kind: 'parameter';
  readonly name: string;
  readonly catchAll: boolean;
  readonly optional: boolean;
  readonly constraints: readonly RouteConstraint[];
}
type Part = Literal | Parameter;

/**
 * Reads an ASP.NET route template: literals, which match in any case, `{x}`, `{x?}`, `{x:int}` and, at the
 * end, `{*rest}` (https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-templates).
 *
 * @throws RangeError saying what in the template is not supported.
 */
export function parseRouteTemplate(template: string): RouteMatcher {
  const parts = splitPath(template).map(parsePart);
  const openEnded = parts.findIndex((part) => part.kind === 'parameter' && part.catchAll);
  if (openEnded >= 0 && openEnded < parts.length - 1) throw new RangeError('"{*rest}" must be the last segment');
  return (segments) => match(parts, segments);
}

/** The segments between a path's slashes; a slash at either end changes nothing. */
export function splitPath(path: string): string[] {
  const inner = path.replace(/^\//, '').replace(/\/$/, '');
  return inner === '' ? [] : inner.split('/');
}

const parameter = /^\{(\*{0,2})(\w+)((?::\w+(?:\([^)]*\))?)*)(\?)?\}$/;

function parsePart(text: string): Part {
  if (!/[{}]/.test(text)) return { kind: 'literal', text: text.toLowerCase() };
  const [whole, stars = '', name = '', constraintsText = '', mark] = parameter.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`"${text}" is not one whole parameter such as {id} or {id:int?}`);
  const constraints = constraintsText
    .split(/:(?![^(]*\))/)
    .slice(1)
    .map((written) => {
      const constraint = routeConstraints.get(written.toLowerCase());
      if (constraint === undefined) throw new RangeError(`the constraint "${written}" is not known`);
      return constraint;
    });
  return { kind: 'parameter', name, catchAll: stars !== '', optional: mark !== undefined, constraints };
}

function match(parts: readonly Part[], segments: readonly string[]): RouteParams | undefined {
  const params: Record<string, string> = {};
  let index = -1;
  for (const part of parts) {
    index += 1;
    if (part.kind === 'literal') {
      const segment = segments[index];
      // Most routes are none of this length: the small letters are for those that are.
      if (segment?.length !== part.text.length || segment.toLowerCase() !== part.text) return undefined;
      continue;
    }
    const value = part.catchAll ? segments.slice(index).join('/') : segments[index];
    if (value !== undefined && value !== '') {
      if (!part.constraints.every((accepts) => accepts(value))) return undefined;
      params[part.name] = value;
    } else if (!part.optional && !part.catchAll) {
      return undefined;
    }
    if (part.catchAll) return params;
  }
  return segments.length <= parts.length ? params : undefined;
}
