/** How often the record that each partition waits for was tried. */
export class Attempts {
  readonly #byPartition = new Map<number, { readonly offset: string; readonly count: number }>();

  /** Counts one more attempt at the record, and gives their number. */
  of(partition: number, offset: string): number {
    const last = this.#byPartition.get(partition);
    const count = last?.offset === offset ? last.count + 1 : 1;
    this.#byPartition.set(partition, { offset, count });
    return count;
  }
}
