import { describe, expect, it } from 'vitest';
import { atRest } from './at-rest.ts';
import { costTables } from './cost-tables.ts';
import { dev, prod } from './deployment.ts';
import { busyFlexInstances, flexMonth, hoursOfADayUpTo, premiumInstanceMonth, premiumMonth } from './functions-cost.ts';
import { perMillion } from './per-million.ts';
import { listedPrices, PriceList, readPrices } from './prices.ts';
import { sizeFor, throughputUnits } from './sizing.ts';

const prices = readPrices(listedPrices);
const sum = (lines: readonly { readonly usd: number }[]) => lines.reduce((total, { usd }) => total + usd, 0);

describe('the costs at rest', () => {
  it('dev asks for nothing but its throughput unit, a few alerts and the questions of the sweep while nobody uses it', () => {
    const lines = atRest(dev, prices);
    const [throughput, ...rest] = [...lines].sort((one, other) => other.usd - one.usd);
    expect(throughput?.what).toBe('Event Hubs');
    expect(sum(rest)).toBeLessThan(7);
    expect(lines.find(({ what }) => what === 'Functions, flex')?.usd).toBe(0);
  });

  it('dev would be kept awake by a sweep each ten seconds, and pays for that', () => {
    const functions = atRest({ ...dev, sweepSeconds: 10 }, prices).find(({ what }) => what === 'Functions, flex');
    expect(functions?.usd).toBeCloseTo((525_600 - 100_000) * 0.000026 + 0.0128 * 0.4, 1);
  });

  it('prod costs its instances most', () => {
    const [most] = [...atRest(prod, prices)].sort((one, other) => other.usd - one.usd);
    expect(most?.what).toBe('Functions, premium');
  });
});

describe('Flex Consumption and Elastic Premium', () => {
  it('eight groups of functions are eight instances as soon as an order comes each second, and no more at ten', () => {
    expect([1, 10, 100].map(busyFlexInstances)).toEqual([8, 8, 8]);
    expect(busyFlexInstances(0.1)).toBeCloseTo(1.2);
    expect(busyFlexInstances(1_200)).toBeCloseTo(12);
  });

  it('an instance of Elastic Premium costs its core and its memory, asked for or not', () => {
    expect(premiumInstanceMonth(prices)).toBeCloseTo(730 * (0.173 + 3.5 * 0.0123));
    expect(premiumMonth({ ordersPerSecond: 0, hours: 0 }, prices, 2)).toBeCloseTo(2 * premiumInstanceMonth(prices));
    expect(premiumMonth({ ordersPerSecond: 200, hours: 365 }, prices, 2)).toBeCloseTo(3 * premiumInstanceMonth(prices));
  });

  it('up to the hours that are told Flex costs less, beyond them more', () => {
    const hours = hoursOfADayUpTo(2, prices);
    const flexOf = (hoursADay: number) => flexMonth({ ordersPerSecond: 1, hours: (hoursADay * 730) / 24 }, prices);
    expect(flexOf(hours - 1)).toBeLessThan(2 * premiumInstanceMonth(prices));
    expect(flexOf(hours + 1)).toBeGreaterThan(2 * premiumInstanceMonth(prices));
  });
});

describe('the costs of a million orders', () => {
  it('request units cost more where each order comes alone, and none are serverless beyond what a container is good for', () => {
    expect(perMillion(1, prices, prod).serverless).toBeCloseTo(134 * 0.279);
    expect(perMillion(10, prices, prod).serverless).toBeCloseTo(65 * 0.279);
    expect(perMillion(72, prices, prod).serverless).toBeUndefined();
  });

  it('autoscale costs what the busiest second of each hour takes, and never less than a tenth of its maximum', () => {
    expect(perMillion(1, prices, prod).autoscale).toBeCloseTo((10 * 0.012 * 730) / 2.628);
    expect(perMillion(100, prices, prod).autoscale).toBeCloseTo((130 * 0.012 * 730) / 262.8);
  });
});

describe('sizes', () => {
  it('a throughput unit takes 166 orders a second: two megabytes out, thirteen deliveries of 923 bytes an order', () => {
    expect([1, 166, 167, 10_000].map(throughputUnits)).toEqual([1, 1, 2, 60]);
  });

  it('ten thousand orders a second are past one Standard namespace', () => {
    expect(sizeFor(10_000)).toEqual({
      ordersPerSecond: 10_000,
      throughputUnits: 60,
      requestUnits: 650_000,
      instances: 100,
      partitions: 100,
      locations: 100,
      listShards: 14,
    });
  });
});

describe('a list of prices', () => {
  it('the prices of a reader make other tables', () => {
    const dear = { ...prices, throughputUnitHour: { ...prices.throughputUnitHour, usd: 3 } };
    expect(costTables(dear, [5])).toContain('$2,190.00');
    expect(costTables(dear, [5])).not.toBe(costTables(prices, [5]));
  });

  it('a list that lacks a price, or names one that nothing asks for, is refused by that name', () => {
    const { logGigabyte, ...rest } = prices;
    expect(() => PriceList.parse({ ...rest, logGigabit: logGigabyte })).toThrow(/logGigabyte[\s\S]*logGigabit/);
  });
});
