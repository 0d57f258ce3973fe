import { DeadLetter, type DeadLetterState } from '../../../shared/dead-letters/dead-letter.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { idWithin } from '../../../shared/persistence/documents/stored-document.ts';
import { Bucket } from '../../../shared/persistence/reading/buckets.ts';
import type { KernelBench } from './kernel-bench.ts';

/** A dead letter with whose it is, and the id that operators know it by. */
export type FoundLetter = DeadLetterState & { readonly tenant: string; readonly id: string };

/** The dead letters of a day, in whichever of its buckets they are: those of main, and those of no tenant. */
export async function lettersOf(bench: KernelBench, day: string): Promise<readonly FoundLetter[]> {
  return (await Promise.all(['main', 'system'].map((tenant) => lettersOfTenant(bench, tenant, day)))).flat();
}

async function lettersOfTenant({ documents }: KernelBench, tenant: string, day: string) {
  const series = await documents(`${tenant}/dead-letters`, deadLettersContainer);
  const buckets = series.filter(({ kind }) => kind === Bucket.kind).map(({ id }) => idWithin(id));
  const ofDay = buckets.filter((bucket) => bucket.startsWith(day));
  const stored = await Promise.all(
    ofDay.map((bucket) => documents(`${tenant}/dead-letters:${bucket}`, deadLettersContainer)),
  );
  return stored
    .flat()
    .filter(({ kind }) => kind === DeadLetter.kind)
    .map((document) => ({ ...DeadLetter.parse(document), tenant, id: idWithin(document.id) }));
}
