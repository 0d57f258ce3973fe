import { type Clock, later } from '../clock.ts';
import { sweepAfterMs } from '../model/due-at-once.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';

/** Sees to a document later, if there is room for it; it is due to the sweep all the same. */
type TakeDue = (document: StoredDocument) => void;

/**
 * Leads what a commit of this process has made due at once, within ten seconds, to whoever sees to its kind here. What is due later,
 * and what nobody here has asked for, is left to the sweep.
 */
export class DueAtOnce {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #takers = new Map<string, TakeDue>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** From now on, documents of this kind of the service are for this one. */
  serve(service: string, kind: string, take: TakeDue): void {
    this.#takers.set(keyOf(service, kind), take);
  }

  /** Tells of a document that was committed. */
  tell(service: string, document: StoredDocument): void {
    const { kind, dueAt } = document;
    if (dueAt === undefined || dueAt > later(this.#clock.now(), sweepAfterMs)) return;
    this.#takers.get(keyOf(service, kind))?.(document);
  }
}

function keyOf(service: string, kind: string): string {
  return `${service}/${kind}`;
}
