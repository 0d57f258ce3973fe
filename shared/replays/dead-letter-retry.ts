import type { Deadline } from '../capabilities/deadline.ts';
import { DeadLetter, type DueDocument, stepOn } from '../dead-letters/dead-letter.ts';
import { withDeadline } from '../persistence/documents/parked-deadline.ts';
import { StaleStateError } from '../persistence/documents/store-errors.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { deliverLetter } from './deliver-letter.ts';
import { whyForgotten } from './forgotten-letter.ts';

/**
 * Tries once more what a letter is about that waits or is scheduled. Its event is delivered to its subscriber; its deadline is
 * made due again. Where it fails again, the letter waits, is scheduled or parked again.
 */
export function deadLetterRetry(runtime: Runtime): Deadline {
  const { clock, containerOf } = runtime;
  return {
    word: 'deadline',
    name: 'retry-dead-letter',
    kind: DeadLetter.kind,
    // What waits for a document, or for newer code, waits.
    isDueAtOnce: (document) => DeadLetter.parse(document).source.of === 'deadline',
    async visit(id, dueAt, work) {
      const letter = await work.load(DeadLetter, id);
      const { current } = letter;
      if (current?.dueAt !== dueAt) return;
      const at = clock.now().toISOString();
      const forgotten = whyForgotten(current, clock.now());
      if (forgotten !== undefined) {
        letter.put(stepOn(current, { at, step: 'parked', detail: forgotten }));
        return;
      }
      if (current.source.of === 'event') {
        await deliverLetter(letter, current.source, runtime);
        return;
      }
      const isDueAgain = await makeDue(current.source, containerOf);
      letter.put(
        isDueAgain
          ? stepOn(current, { at, step: 'replayed', detail: 'due again' })
          : stepOn(current, {
              at,
              step: 'discarded',
              detail: 'the document has no such deadline any more: nothing is due',
            }),
      );
    },
  };
}

/**
 * Makes a document due again whose deadline was given up; tells whether it is. What it has become meanwhile is the handler's
 * business: a change that ends the deadline has taken it out of the document.
 *
 * The document comes first, the letter's own commit after it: a crash in between leaves the letter scheduled, and the next
 * visit finds the document due, or done, and only notes it.
 */
async function makeDue(
  { container: name, boundary, document: id, version, dueAt }: DueDocument,
  containerOf: Runtime['containerOf'],
): Promise<boolean> {
  const container = containerOf(name);
  const document = await container.read(boundary, id);
  if (document === undefined || document.dueAt !== undefined) return document !== undefined;
  // Code before 0.2 did not keep the deadline in the document: there it counts only where nothing was changed since.
  const { parkedDueAt = document.version === version ? dueAt : undefined } = document;
  if (parkedDueAt === undefined) return false;
  if (await container.replaceIfUnchanged(withDeadline({ ...document, parkedDueAt }))) return true;
  throw new StaleStateError(`${id} changed while it was made due again`);
}
