import type { z } from 'zod';
import type { ProblemCode } from '../../http/problems/catalogue.ts';
import { type Route, readMethods } from '../route.ts';
import { routeProblems } from '../route-problems.ts';

/** Something that an app serves whatever its services, as the API's description tells it. */
export interface Page extends Pick<Route, 'name' | 'route' | 'roles' | 'isOpenTo'> {
  readonly summary: string;
  readonly params?: z.ZodType;
  /** What a good answer is. */
  readonly answer: z.ZodType;
  /** As which media types. */
  readonly mediaTypes: readonly string[];
  /** What it refuses besides what every route does. */
  readonly refuses?: readonly ProblemCode[];
}

/** Serves a page. */
export function pageRoute(page: Page, respond: Route['respond']): Route {
  const { name, route, roles, isOpenTo } = page;
  const access = { roles, ...(isOpenTo === undefined ? {} : { isOpenTo }) };
  return { name, methods: readMethods, route, ...access, problems: pageProblems(page), respond };
}

/** Every problem that a page may answer with. */
export function pageProblems({ refuses = [], ...page }: Page): ReadonlySet<ProblemCode> {
  return new Set([...routeProblems(page), ...refuses]);
}
