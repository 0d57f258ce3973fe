import { DeadLetter, type DeadLetterState } from '../../../shared/dead-letters/dead-letter.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { idWithin } from '../../../shared/persistence/documents/stored-document.ts';
import { Bucket } from '../../../shared/persistence/reading/buckets.ts';
import type { KernelBench } from './kernel-bench.ts';

/** A dead letter with the id that operators know it by. */
export type FoundLetter = DeadLetterState & { readonly id: string };

/** The dead letters of a day, in whichever of its buckets they are. */
export async function lettersOf({ documents }: KernelBench, day: string): Promise<readonly FoundLetter[]> {
  const series = await documents('main/dead-letters', deadLettersContainer);
  const buckets = series.filter(({ kind }) => kind === Bucket.kind).map(({ id }) => idWithin(id));
  const ofDay = buckets.filter((bucket) => bucket.startsWith(day));
  const stored = await Promise.all(
    ofDay.map((bucket) => documents(`main/dead-letters:${bucket}`, deadLettersContainer)),
  );
  return stored
    .flat()
    .filter(({ kind }) => kind === DeadLetter.kind)
    .map((document) => ({ ...DeadLetter.parse(document), id: idWithin(document.id) }));
}
