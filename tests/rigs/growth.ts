const mostRounds = 30;

/**
 * How many times as long the work takes on four times as much: some four where it grows in line with its input, sixteen where
 * by the square of it. The fastest of some rounds of each size counts, and there are more rounds as long as it looks like more
 * than `enough`: so neither a busy machine nor a collection of garbage is growth.
 */
export function growthOf<Input>(
  { size, make, enough }: { readonly size: number; readonly make: (size: number) => Input; readonly enough: number },
  work: (input: Input) => unknown,
): number {
  const [few, many] = [make(size), make(4 * size)];
  let [small, large] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 3 || (round < mostRounds && large > enough * small); round += 1) {
    small = Math.min(
      small,
      timeOf(() => work(few)),
    );
    large = Math.min(
      large,
      timeOf(() => work(many)),
    );
  }
  return large / small;
}

/** Milliseconds for one of as many as take two of them: a clock is too coarse for less. */
function timeOf(work: () => unknown): number {
  const from = performance.now();
  for (let runs = 1; ; runs += 1) {
    work();
    const passed = performance.now() - from;
    if (passed > 2) return passed / runs;
  }
}
