import { z } from 'zod';
import type { AppFunction } from '../app/function-app.ts';
import { triggerOf } from '../app/trigger.ts';
import { messageOf, StartupError } from '../startup-error.ts';
import { parseRouteTemplate, type RouteMatcher, type RouteParams, splitPath } from './route-template.ts';

/** The properties of an HTTP trigger that this host takes. */
export const HttpTriggerBinding = z.object({ route: z.string().optional(), methods: z.array(z.string()).optional() });

/** A function that a request leads to, and what its route took from the path. */
export interface RouteMatch {
  readonly target: AppFunction;
  readonly params: RouteParams;
}

interface Route {
  readonly target: AppFunction;
  readonly methods: ReadonlySet<string> | undefined;
  readonly match: RouteMatcher;
}

/**
 * Finds the function for a request as the real host does: routes are tried in the order of their functions' names, a
 * literal is not preferred to a parameter (https://github.com/Azure/azure-functions-host/issues/9876), and a method that
 * the route does not take means that it does not match, so the answer is 404, never 405
 * (https://github.com/Azure/azure-functions-host/issues/10098).
 */
export class Router {
  readonly #routes: readonly Route[];

  /**
   * @param functions HTTP-triggered ones, by name.
   * @throws StartupError for a route that cannot be read, naming its function.
   */
  constructor(functions: readonly AppFunction[], routePrefix: string) {
    this.#routes = functions.map((target) => routeOf(target, routePrefix));
  }

  find(method: string, path: string): RouteMatch | undefined {
    const segments = splitPath(path).map(decode);
    for (const { target, methods, match } of this.#routes) {
      if (methods?.has(method) === false) continue;
      const params = match(segments);
      if (params !== undefined) return { target, params };
    }
    return undefined;
  }
}

function routeOf(target: AppFunction, routePrefix: string): Route {
  const { name } = target.metadata;
  const trigger = HttpTriggerBinding.safeParse(triggerOf(target.metadata).binding);
  if (!trigger.success) {
    throw new StartupError(`Function "${name}" has a wrong HTTP trigger: ${z.prettifyError(trigger.error)}`);
  }
  const { route, methods } = trigger.data;
  const template = `${routePrefix}/${route || name}`;
  try {
    return {
      target,
      methods: methods === undefined ? undefined : new Set(methods.map((method) => method.toUpperCase())),
      match: parseRouteTemplate(template),
    };
  } catch (error) {
    throw new StartupError(`Function "${name}" has the route "${template}", where ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

/** As Kestrel: a slash stays encoded, and what is no encoding stays as it is. */
function decode(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return segment.split(/%2f/i).map(decodeURIComponent).join('%2F');
  } catch {
    // decodeURIComponent throws for nothing else than a malformed escape.
    return segment;
  }
}
