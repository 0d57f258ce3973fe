/** Whether a route parameter's value is acceptable. */
export type RouteConstraint = (value: string) => boolean;

const guid = /^[({]?[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}[)}]?$/i;

/** Those of ASP.NET's constraints that routes here have, by name (https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-constraints). */
export const routeConstraints: ReadonlyMap<string, RouteConstraint> = new Map([
  ['alpha', (value: string) => /^[a-z]*$/i.test(value)],
  ['guid', (value: string) => guid.test(value)],
  ['int', isInt32],
]);

function isInt32(value: string): boolean {
  return /^[+-]?\d+$/.test(value) && Number(value) >= -(2 ** 31) && Number(value) < 2 ** 31;
}
