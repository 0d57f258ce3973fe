import { markdownTable } from '../docs/generated-part.ts';
import { atRest, type CostLine } from './at-rest.ts';
import { azure } from './azure-limits.ts';
import { ceilings } from './ceilings.ts';
import { dev, prod } from './deployment.ts';
import { flexMonth, hoursOfADayUpTo, premiumInstanceMonth } from './functions-cost.ts';
import { order } from './order.ts';
import { perMillion } from './per-million.ts';
import type { PriceList } from './prices.ts';
import { sizeFor } from './sizing.ts';

const paces = [0.01, 0.1, 1, 10, 100, 1_000];
const busyHours = [1, 2, 4, 8, 12, 24];
const daysAMonth = azure.hoursAMonth / 24;
const busiestSeconds = [10, 50, 100, 500, 1_000, 5_000, 10_000];

/** All tables of docs/costs-and-sizing.md. @param rates orders a second, in place of those of the page */
export function costTables(prices: PriceList, rates?: readonly number[]): string {
  return [
    ...['### Prices', pricesTable(prices)],
    ...[
      '### At rest, a month',
      'In `dev`:',
      restTable(atRest(dev, prices)),
      'In `prod`:',
      restTable(atRest(prod, prices)),
    ],
    ...['### A million orders', millionTable(prices, rates ?? paces), whatStays(prices)],
    ...['### Functions, by the hours of a day', hostingTable(prices)],
    ...['### Sizes', sizeTable(rates ?? busiestSeconds)],
    ...['### Ceilings', ceilingTable()],
  ].join('\n\n');
}

function pricesTable(prices: PriceList): string {
  const rows = Object.values(prices).map(({ what, usd, date, region, source }) => [
    what,
    `$${usd}`,
    region,
    `[${date}](${source})`,
  ]);
  return markdownTable(['what', 'list price', 'region', 'as of'], rows);
}

function restTable(lines: readonly CostLine[]): string {
  const sum = lines.reduce((total, { usd }) => total + usd, 0);
  return markdownTable(
    ['', 'reckoned', 'a month'],
    [...lines.map(({ what, from, usd }) => [what, from, dollars(usd)]), ['**in all**', '', `**${dollars(sum)}**`]],
  );
}

function millionTable(prices: PriceList, rates: readonly number[]): string {
  const rows = rates.map((rate) => {
    const cost = perMillion(rate, prices, prod);
    const shared = cost.eventHubs + cost.logs;
    return [
      count(rate),
      count(cost.ordersAMonth),
      cost.serverless === undefined ? '–' : dollars(cost.serverless),
      dollars(cost.autoscale),
      dollars(cost.eventHubs),
      dollars(cost.logs),
      dollars(cost.flex),
      dollars(cost.premium),
      cost.serverless === undefined ? '–' : dollars(cost.serverless + shared + cost.flex),
      dollars(cost.autoscale + shared + cost.premium),
    ];
  });
  const head = ['orders/s', 'orders a month', 'serverless', 'autoscale', 'Event Hubs', 'logs', 'flex', 'premium'];
  return markdownTable([...head, 'flex and serverless', 'premium and autoscale'], rows);
}

/** What a million orders leave behind costs for as long as it is kept. */
function whatStays({ storeGigabyteMonth, backupGigabyteMonth, restoredGigabyte }: PriceList): string {
  const gigabytes = (order.storedBytes * 1e6) / 1e9;
  return (
    `A million orders leave ${gigabytes.toFixed(1)} GB, indexes not counted: ${dollars(gigabytes * storeGigabyteMonth.usd)} a month, ` +
    `${dollars(gigabytes * backupGigabyteMonth.usd)} for a backup of 30 days, and ${dollars(gigabytes * restoredGigabyte.usd)} to restore them.`
  );
}

function hostingTable(prices: PriceList): string {
  const one = premiumInstanceMonth(prices);
  const rows = busyHours.map((hours) => [
    count(hours),
    dollars(flexMonth({ ordersPerSecond: 10, hours: hours * daysAMonth }, prices)),
    dollars(one),
    dollars(2 * one),
  ]);
  const upTo = (instances: number) => hoursOfADayUpTo(instances, prices).toFixed(1);
  return [
    markdownTable(['hours a day with orders', 'flex, a month', 'premium, 1 × EP1', 'premium, 2 × EP1'], rows),
    `Flex costs less than one instance of EP1 up to ${upTo(1)} such hours a day, less than two up to ${upTo(2)}.`,
  ].join('\n\n');
}

function sizeTable(rates: readonly number[]): string {
  const rows = rates.map((rate) => Object.values(sizeFor(rate)).map(count));
  return markdownTable(
    ['orders/s', 'throughput units', 'RU/s', 'instances', 'partitions', 'locations', "parts of a day's list"],
    rows,
  );
}

function ceilingTable(): string {
  return markdownTable(
    ['', 'reaches', 'reckoned'],
    ceilings.map(({ what, reaches, from }) => [what, reaches, from]),
  );
}

const dollars = (usd: number) =>
  `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
const count = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 2 });
