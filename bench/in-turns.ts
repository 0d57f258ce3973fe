export interface Turns {
  /** Turns before those that count, for what is slower while it is new; by default none. */
  readonly warmUps?: number;
  /** How many there are at least; by default one. */
  readonly atLeast?: number;
  /** How long others follow, in milliseconds; by default none do. */
  readonly forMs?: number;
}

/** Measures one turn after the other. */
export async function inTurns<Turn>(
  turn: () => Promise<Turn>,
  { warmUps = 0, atLeast = 1, forMs = 0 }: Turns,
): Promise<readonly Turn[]> {
  for (let done = 0; done < warmUps; done += 1) await turn();
  const turns: Turn[] = [];
  const end = performance.now() + forMs;
  while (turns.length < atLeast || performance.now() < end) turns.push(await turn());
  return turns;
}
