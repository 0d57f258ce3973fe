import { z } from 'zod';

/** Bytes of log between two entries: small enough to walk, large enough that 64 MiB need two thousand entries. */
const intervalBytes = 32_768;

/** Offset and position of a batch, and the largest timestamp of all batches before it in the segment. */
const Entry = z.tuple([z.number(), z.number(), z.number()]);
type Entry = z.infer<typeof Entry>;

export const IndexEntries = z.array(Entry);

/** Where in a segment some of its batches begin, so that a search walks one interval and not the file. */
export class SparseIndex {
  readonly #list: Entry[];

  constructor(entries: readonly Entry[] = []) {
    this.#list = [...entries];
  }

  get entries(): readonly Entry[] {
    return this.#list;
  }

  /** Notes a batch unless one nearby is noted. Batches come in order. */
  note(offset: number, position: number, maxTimestampBefore: number): void {
    const last = this.#list.at(-1);
    if (last === undefined || position - last[1] >= intervalBytes)
      this.#list.push([offset, position, maxTimestampBefore]);
  }

  /** A batch boundary at or before the batch that holds `offset`. */
  positionOfOffset(offset: number): number {
    return this.#last((entry) => entry[0] <= offset);
  }

  /** A batch boundary that no batch reaching `time` comes before. */
  positionOfTime(time: number): number {
    return this.#last((entry) => entry[2] < time);
  }

  /** Position of the last entry that `holds`; all that hold come before all that do not. */
  #last(holds: (entry: Entry) => boolean): number {
    let low = 0;
    let high = this.#list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#list[middle];
      if (entry !== undefined && holds(entry)) low = middle + 1;
      else high = middle;
    }
    return this.#list[low - 1]?.[1] ?? 0;
  }
}
