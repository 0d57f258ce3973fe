/** How much somebody has of what is limited, and how many others have some. */
export interface Held {
  readonly own: number;
  readonly others: number;
}

/** How much there is of what is limited, and how much of it a holder has who wants more. */
export interface Holding extends Held {
  /** How much there may be. */
  readonly limit: number;
  /** How much there is. */
  readonly size: number;
}

/**
 * Whether a holder may have one more: as long as there is room, and else as long as it has less than its share, which is the same for
 * all who want some (max-min fairness). So whoever wants little is never refused for what others want, however much they have already.
 * Where there are more holders than room, they may have one each, up to twice as much in all.
 */
export function mayHaveMore({ limit, size, own, others }: Holding): boolean {
  if (size < limit) return true;
  const share = limit / (others + 1);
  return share >= 1 ? own < share : own === 0 && size < 2 * limit;
}
