// `npm run costs`: what Lagerhaus costs on Azure, and how large it has to be, as docs/costs-and-sizing.md explains it.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { costTables } from './costs/cost-tables.ts';
import { listedPrices, readPrices } from './costs/prices.ts';

const usage = `Usage: npm run costs -- [--prices FILE] [--rates ORDERS_PER_SECOND,…]
  --prices  a list of the form of scripts/costs/prices.json, with the prices of your region and day
  --rates   such as 0.5,20, in place of those of the page`;

const Options = z.object({
  prices: z.string().min(1).default(listedPrices),
  rates: z
    .string()
    .transform((text) => text.split(',').map(Number))
    .pipe(z.array(z.number().positive()))
    .optional(),
});

try {
  const { values } = parseArgs({ options: { prices: { type: 'string' }, rates: { type: 'string' } } });
  const { prices, rates } = Options.parse(values);
  console.log(costTables(readPrices(prices), rates));
} catch (error) {
  console.error(error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : error);
  console.error(usage);
  process.exitCode = 1;
}
