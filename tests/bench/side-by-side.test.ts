import { expect, it } from 'vitest';
import { sideBySide } from '../../bench/side-by-side.ts';

it('two things are measured side by side in short stretches after a warm-up, each first as often as the other', async () => {
  const order: string[] = [];
  const measured = (name: string, rate: number) => async (forMs: number) => {
    order.push(`${name} ${forMs}`);
    return rate;
  };
  const pairs = await sideBySide(measured('ours', 3), measured('theirs', 4), 1_000);
  expect(pairs).toEqual(Array(4).fill({ ours: 3, theirs: 4 }));
  const [oursFirst, theirsFirst] = [
    ['ours 250', 'theirs 250'],
    ['theirs 250', 'ours 250'],
  ];
  expect(order).toEqual(['theirs 1000', 'ours 1000', ...[oursFirst, theirsFirst, oursFirst, theirsFirst].flat()]);
});

it('two things are measured in three stretches at least, however short the window is', async () => {
  expect(
    await sideBySide(
      async () => 1,
      async () => 1,
      30,
    ),
  ).toHaveLength(3);
});
