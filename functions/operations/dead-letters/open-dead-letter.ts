import type { EndpointContext } from '../../../shared/capabilities/endpoint.ts';
import {
  DeadLetter,
  type DeadLetterState,
  dayOfDeadLetter,
  deadLettersBoundary,
} from '../../../shared/dead-letters/dead-letter.ts';
import type { TrackedProjection } from '../../../shared/persistence/commit/tracked.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';

export interface OpenLetter {
  readonly letter: TrackedProjection<DeadLetterState>;
  readonly work: UnitOfWork;
}

/**
 * The letter, and the unit of work that changes it.
 *
 * @throws Missing (404) where there is none; Rejection (412) where the caller knows another version.
 */
export async function openDeadLetter(
  id: string,
  { unitOfWork, ifMatch }: Pick<EndpointContext<unknown, unknown, unknown>, 'unitOfWork' | 'ifMatch'>,
): Promise<OpenLetter> {
  const work = unitOfWork(deadLettersBoundary(dayOfDeadLetter(id)));
  const letter = await work.load(DeadLetter, id);
  if (letter.exists) ifMatch(letter.version);
  return { letter, work };
}
