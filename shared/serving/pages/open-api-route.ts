import { z } from 'zod';
import type { Route } from '../route.ts';
import { type Page, pageRoute } from './page.ts';

export const openApiPage: Page = {
  name: 'openapi',
  summary: 'Reads this description',
  route: 'openapi.json',
  roles: 'public',
  answer: z.looseObject({ openapi: z.string() }),
  mediaTypes: ['application/json'],
};

/** Serves the API's description; it is written when somebody first asks, since few processes are ever asked. */
export function openApiRoute(description: () => unknown): Route {
  let written: string | undefined;
  return pageRoute(openApiPage, async () => {
    written ??= JSON.stringify(description());
    return { status: 200, headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' }, body: written };
  });
}
