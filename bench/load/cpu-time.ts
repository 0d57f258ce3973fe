/** The CPU time in milliseconds that an app has taken so far, which tells it itself (`apps/beside/cpu-time.ts`). */
export async function cpuTimeOf(url: string): Promise<number> {
  const answer = await fetch(new URL('/cpu-time', url));
  return Number(await answer.text()) / 1_000;
}
