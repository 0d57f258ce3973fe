/** What several turns measured, as one value. */
export interface Typical {
  /** The median: one turn that a neighbour disturbed does not move it. */
  readonly value: number;
  /**
   * How far the median may be off by chance, either way: 1.57 times the distance of the quartiles, by the root of the number of
   * turns. Two medians whose ranges do not overlap differ, at some 95% (McGill, Tukey, Larsen: Variations of Box Plots, 1978).
   */
  readonly noise: number;
}

export function typical(values: readonly number[]): Typical {
  const sorted = values.toSorted((a, b) => a - b);
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  return { value: quantile(sorted, 0.5), noise: (1.57 * spread) / Math.sqrt(values.length) };
}

/** The value below which a share of the sorted ones lies, between two of them in proportion; NaN where there is none. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [below = Number.NaN, above = Number.NaN] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  // Endless times stay endless: the difference of two is no number.
  return below === above ? below : below + (above - below) * (place - Math.floor(place));
}

/** The shortest of the sorted values that a share of all does not exceed. */
export function nearestRank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
