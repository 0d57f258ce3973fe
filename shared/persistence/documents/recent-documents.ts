import type { Clock } from '../../clock.ts';
import type { StoredDocument } from './stored-document.ts';

/** Enough for what is under way in a process: with documents of up to 16 KB (see `commitBatch`), at most 32 MB. */
const capacity = 2_000;

interface Cached {
  /** `undefined`, where it was looked for and was not there. */
  readonly document: StoredDocument | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Documents as this process last wrote or read them, with their ETags. Another process may have changed them since, so
 * what is recalled is a guess: good where the store checks the ETag, or where a moment's delay does no harm. Whoever may take
 * a document for absent for that moment, too, says so. Full, it lets go of what it has had for longest.
 */
export class RecentDocuments {
  readonly #clock: Clock;
  readonly #byPlace = new Map<string, Cached>();
  /** Goes on where it was, as all that it has passed is gone: from the beginning, a map looks through what was taken out of it. */
  readonly #oldest = this.#byPlace.keys();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The document as it was last seen, if that is no longer ago than `withinMs`. */
  recall(boundary: string, id: string, withinMs = Number.POSITIVE_INFINITY): StoredDocument | undefined {
    return this.#seen(boundary, id, withinMs)?.document;
  }

  /** Whether the document was looked for in vain, if that is no longer ago than `withinMs`. */
  recallsAbsence(boundary: string, id: string, withinMs: number): boolean {
    const seen = this.#seen(boundary, id, withinMs);
    return seen !== undefined && seen.document === undefined;
  }

  remember(document: StoredDocument): void {
    this.#keep(placeKey(document), document);
  }

  rememberAbsence(boundary: string, id: string): void {
    this.#keep(placeKey({ boundary, id }), undefined);
  }

  forget(boundary: string, id: string): void {
    this.#byPlace.delete(placeKey({ boundary, id }));
  }

  #seen(boundary: string, id: string, withinMs: number): Cached | undefined {
    const known = this.#byPlace.get(placeKey({ boundary, id }));
    return known !== undefined && this.#now() - known.at <= withinMs ? known : undefined;
  }

  #keep(place: string, document: StoredDocument | undefined): void {
    this.#byPlace.delete(place);
    this.#byPlace.set(place, { document, at: this.#now() });
    if (this.#byPlace.size <= capacity) return;
    const { value: oldest } = this.#oldest.next();
    if (oldest !== undefined) this.#byPlace.delete(oldest);
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}

/** What a document is kept under, in a map. Ids have no line breaks. */
export function placeKey({ boundary, id }: Pick<StoredDocument, 'boundary' | 'id'>): string {
  return `${boundary}\n${id}`;
}
