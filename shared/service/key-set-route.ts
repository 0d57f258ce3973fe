import type { Clock } from '../clock.ts';
import type { KeySource } from '../security/signing-key-file.ts';
import { publicKeys } from '../security/signing-keys.ts';
import { type Route, readMethods } from './route.ts';
import { routeProblems } from './route-problems.ts';

/** How long others may go on with what they have read: much shorter than a key verifies after it was replaced. */
const maxAgeSeconds = 300;

/**
 * The public keys by which anybody can verify the tokens of this system (RFC 7517, section 5). Every app serves them, as
 * every app verifies tokens by them, whatever services it runs.
 */
export function keySetRoute(keys: KeySource, clock: Pick<Clock, 'now'>): Route {
  return {
    name: 'jwks',
    methods: readMethods,
    route: '.well-known/jwks.json',
    roles: 'public',
    problems: new Set(routeProblems({ roles: 'public' })),
    respond: async () => ({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': `public, max-age=${maxAgeSeconds}` },
      body: JSON.stringify(publicKeys(keys.now(), clock.now())),
    }),
  };
}
