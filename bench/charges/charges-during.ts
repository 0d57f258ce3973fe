import type { TestStack } from '../../tests/rigs/stack/start-stack.ts';
import type { Charge } from '../apps/metered/charges.ts';

/** What a kind of request is called in the figures. */
export const nameOf = ({ container, operation, kind }: Charge) => `${container}: ${operation} ${kind}`;

/**
 * What the metered app was charged while something was done, until nothing is under way any more, divided by how often it was done, which
 * `act` tells.
 */
export async function chargesDuring(
  stack: Pick<TestStack, 'url' | 'settled'>,
  act: () => Promise<number>,
): Promise<readonly Charge[]> {
  const before = new Map((await chargesOf(stack)).map((charge) => [nameOf(charge), charge]));
  const times = await act();
  await stack.settled();
  return (await chargesOf(stack)).map((charge) => {
    const then = before.get(nameOf(charge));
    return {
      ...charge,
      units: (charge.units - (then?.units ?? 0)) / times,
      unitsOfStrong: (charge.unitsOfStrong - (then?.unitsOfStrong ?? 0)) / times,
      requests: (charge.requests - (then?.requests ?? 0)) / times,
    };
  });
}

async function chargesOf({ url }: Pick<TestStack, 'url'>): Promise<readonly Charge[]> {
  const response = await fetch(new URL('/charges', url));
  return (await response.json()) as readonly Charge[];
}
