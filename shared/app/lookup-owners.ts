import { settlesWithin } from '../async/timeout.ts';
import type { Answers } from '../capabilities/answers.ts';
import type { Service } from '../capabilities/define-service.ts';
import type { Lookup, LookupContract } from '../lookups/define-lookup.ts';
import { StoreUnavailableError } from '../persistence/documents/store-errors.ts';
import { Reader } from '../persistence/reading/reader.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** Whoever asks holds up others meanwhile: an answer is one or two reads. */
const longestAnswerMs = 10_000;

interface Owner {
  readonly service: string;
  readonly answers: Answers;
}

/**
 * Who answers which lookup, by all services: whichever of them an app runs, it has the code and the containers of all.
 *
 * @throws Error unless each of the contracts has exactly one owner, and each answer such a contract.
 */
export function lookupOwners(
  services: readonly Pick<Service, 'name' | 'answers'>[],
  contracts: readonly LookupContract[],
): ReadonlyMap<LookupContract, Owner> {
  const owners = services.flatMap(({ name: service, answers }) => answers.map((one) => ({ service, answers: one })));
  for (const { name } of contracts) {
    const answering = owners.filter(({ answers }) => answers.lookup.name === name).map(({ service }) => service);
    if (answering.length === 0)
      throw new Error(`nobody answers ${name}: one service has to, by a capability of answers()`);
    if (answering.length > 1)
      throw new Error(
        `${answering.join(' and ')} answer ${name}: a lookup has one owner, so take it out of the others`,
      );
  }
  const unknown = owners.find(({ answers }) => !contracts.includes(answers.lookup));
  if (unknown !== undefined)
    throw new Error(
      `${unknown.service} answers ${unknown.answers.name}, which is no lookup: add it to shared/lookups/index.ts`,
    );
  return new Map(owners.map((owner) => [owner.answers.lookup, owner]));
}

/** Lets capabilities ask the owners, each about the tenant that it works for. */
export function lookupsBy(
  owners: ReadonlyMap<LookupContract, Owner>,
  { containerOf, clock, settings, signingKeys }: Pick<Runtime, 'containerOf' | 'clock' | 'settings' | 'signingKeys'>,
): Runtime['lookupOf'] {
  return (tenant, charge): Lookup =>
    async (contract, input) => {
      const owner = owners.get(contract);
      if (owner === undefined) throw new Error(`nobody answers ${contract.name}: add it to shared/lookups/index.ts`);
      const container = containerOf(owner.service);
      const reader = new Reader(charge === undefined ? container : container.charging(charge), tenant);
      const context = { reader, now: clock.now(), settings, tenant, signingKeys };
      const answering = owner.answers.answer(contract.input.parse(input), context);
      if (!(await settlesWithin(answering, longestAnswerMs)))
        throw new StoreUnavailableError(
          `${owner.service} has not answered ${contract.name} in ${longestAnswerMs} ms`,
          {},
        );
      const answer = await answering;
      return answer === undefined ? undefined : contract.output.parse(answer);
    };
}
