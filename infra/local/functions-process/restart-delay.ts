const firstMs = 250;
const longestMs = 10_000;

/** The pause before the host is started after its n-th crash in a row: soon at first, then twice as long each time. */
export function restartDelay(crashes: number): number {
  return Math.min(firstMs * 2 ** (crashes - 1), longestMs);
}
