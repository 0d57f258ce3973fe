import { z } from 'zod';
import type { EndpointContext } from '../../../shared/capabilities/endpoint.ts';
import { systemTenant } from '../../../shared/security/principal.ts';

/** The query of every route about dead letters: whose they are. */
export const WhoseLetters = z.strictObject({
  tenant: z
    .enum([systemTenant])
    .optional()
    .describe('`system` asks for the letters of bytes that name no tenant, which operators of `main` see to'),
});

type Place = Pick<EndpointContext<unknown, unknown, unknown>, 'reader' | 'unitOfWork'>;

/** What a handler is given that finds the letters. */
export interface LettersContext extends Place {
  readonly query: z.output<typeof WhoseLetters>;
  readonly ofNoTenant: () => Place;
}

/** Where the letters are that the caller asks for. @throws Rejection (403) where they are not the caller's to see. */
export function placeOfLetters({ query: { tenant }, ofNoTenant, ...own }: LettersContext): Place {
  return tenant === undefined ? own : ofNoTenant();
}
