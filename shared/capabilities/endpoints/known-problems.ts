import { isDeepStrictEqual } from 'node:util';
import { problems } from '../../http/problems/catalogue.ts';
import type { ProblemTable } from '../../http/problems/problem-table.ts';
import type { Service } from '../define-service.ts';

type Owner = Pick<Service, 'name' | 'problems'>;

/**
 * Every problem that an app of these services may answer with, by its code: what any of them may refuse, and what each
 * refuses itself. Two services may have one code where they say the same of it, since a client cannot tell them apart.
 *
 * @throws Error where two services describe one code differently.
 */
export function knownProblems(services: readonly Owner[]): ProblemTable {
  const known = new Map(Object.entries<ProblemTable[string]>(problems));
  const owners = new Map<string, string>();
  for (const { name, problems: own } of services) {
    for (const [code, description] of Object.entries(own)) {
      const other = owners.get(code);
      if (other !== undefined && !isDeepStrictEqual(known.get(code), description))
        throw new Error(`${other} and ${name} describe the problem ${code} differently: let them say the same of it`);
      owners.set(code, name);
      known.set(code, description);
    }
  }
  return Object.fromEntries(known);
}
