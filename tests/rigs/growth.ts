const times = 4;
const leastRounds = 4;
const mostRounds = 40;
/** Shorter work is done in more rounds: it takes some until a busy machine has left both sizes alone for once. */
const leastMs = 200;

/**
 * How many times as long the work takes on four times as much: some four where it grows in line with its input, sixteen where
 * by the square of it. In a round both sizes are worked on until they have had as much input, so that a busy machine and the
 * garbage to collect weigh on both alike. The fastest of the rounds counts, and there are more of them as long as it looks like
 * more than `enough`.
 */
export function growthOf<Input>(
  { size, make, enough }: { readonly size: number; readonly make: (size: number) => Input; readonly enough: number },
  work: (input: Input) => unknown,
): number {
  const [few, many] = [make(size), make(times * size)];
  const runs = runsWorthTiming(() => work(many));
  let [small, large] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const growth = () => (times * large) / small;
  const from = performance.now();
  const isEnough = (rounds: number) => rounds >= leastRounds && performance.now() - from > leastMs && growth() < enough;
  for (let rounds = 0; !isEnough(rounds) && rounds < mostRounds; rounds += 1) {
    small = Math.min(
      small,
      timeOf(times * runs, () => work(few)),
    );
    large = Math.min(
      large,
      timeOf(runs, () => work(many)),
    );
  }
  return growth();
}

/** How often it has to be done to take some milliseconds, twice running: a clock is too coarse for less, and what is new is slow at first. */
function runsWorthTiming(work: () => unknown): number {
  for (let runs = 1; ; runs *= 2) if (Math.min(timeOf(runs, work), timeOf(runs, work)) > 4) return runs;
}

/** Milliseconds. */
function timeOf(runs: number, work: () => unknown): number {
  const from = performance.now();
  for (let run = 0; run < runs; run += 1) work();
  return performance.now() - from;
}
