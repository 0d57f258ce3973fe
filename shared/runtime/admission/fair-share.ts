/** How much there is of what is limited, and how much of it somebody has who wants more. */
export interface Holding {
  /** How much there may be. */
  readonly limit: number;
  /** How much there is. */
  readonly size: number;
  /** How much of it the tenant has. */
  readonly ofTenant: number;
  /** How many others have some. */
  readonly others: number;
}

/**
 * Whether a tenant may have one more: as long as there is room, and else as long as it has less than its share, which is the same for
 * all who want some (max-min fairness). So whoever wants little is never refused for what others want, however much they have already.
 * Where there are more tenants than room, they may have one each, up to twice as much in all.
 */
export function mayHaveMore({ limit, size, ofTenant, others }: Holding): boolean {
  if (size < limit) return true;
  const share = limit / (others + 1);
  return share >= 1 ? ofTenant < share : ofTenant === 0 && size < 2 * limit;
}
