/** A path of an OpenAPI document, and the names in it. */
export interface TemplatedPath {
  readonly path: string;
  readonly parameters: readonly string[];
  /** The parameter that the route's other path does without. */
  readonly optional?: string;
}

/**
 * The paths that a route stands for, as OpenAPI writes them: constraints are left out (`{id:guid}`), and a parameter that may
 * be left out (`{part?}`) makes two paths of one route.
 */
export function pathsOf(route: string): readonly TemplatedPath[] {
  const segments = route.split('/').map((segment) => /^\{(\w+)(?::[^}?]+)?(\?)?\}$/.exec(segment) ?? [segment]);
  const whole = templated(segments);
  const [, optional, mark] = segments.at(-1) ?? [];
  if (optional === undefined || mark === undefined) return [whole];
  return [templated(segments.slice(0, -1)), { ...whole, optional }];
}

function templated(segments: readonly (readonly (string | undefined)[])[]): TemplatedPath {
  return {
    path: segments.map(([text, name]) => `/${name === undefined ? text : `{${name}}`}`).join(''),
    parameters: segments.flatMap(([, name]) => name ?? []),
  };
}
