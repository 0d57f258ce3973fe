import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

const page = readFileSync(new URL('../../docs/telemetry.md', import.meta.url), 'utf8');

it.each(
  createMetrics()
    .registry.getMetricsAsArray()
    .map(({ name }) => name),
)('the metric %s is documented', (name) => {
  expect(page).toContain(`| \`${name}\` |`);
});

it('each set of metrics counts for itself', async () => {
  const [one, other] = [createMetrics(), createMetrics()];
  one.published.inc({ topic: 'order-events' });
  expect((await one.published.get()).values).toMatchObject([{ value: 1 }]);
  expect((await other.published.get()).values).toEqual([]);
});
