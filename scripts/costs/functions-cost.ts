import { azure } from './azure-limits.ts';
import { order, ordersOfAnInstance, peak } from './order.ts';
import type { PriceList } from './prices.ts';
import { sweepOfAMonth } from './sweep-cost.ts';

/** Orders that come evenly, for so many hours of a month. */
export interface Pace {
  readonly ordersPerSecond: number;
  readonly hours: number;
}

const { flex, premium } = azure;

/**
 * Instances that are busy at once on Flex Consumption, on average. Every group has instances of its own, and one that is busy at all is paid for a second:
 * so eight groups are eight instances as soon as an order comes each second, however little each has to do.
 */
export function busyFlexInstances(ordersPerSecond: number): number {
  const carriedByAGroup = ordersOfAnInstance * order.scaleGroups.length;
  const busy = order.scaleGroups.map(({ turns }) =>
    Math.max(Math.min(1, turns * ordersPerSecond * flex.leastBusySeconds), ordersPerSecond / carriedByAGroup),
  );
  return busy.reduce((sum, instances) => sum + instances, 0);
}

/** A month on Flex Consumption with none always ready, in dollars: the sweep of dev beside the orders, less what is free. */
export function flexMonth({ ordersPerSecond, hours }: Pace, prices: PriceList, sweepSeconds = 60): number {
  const sweep = sweepOfAMonth(sweepSeconds);
  const gigabyteSeconds = busyFlexInstances(ordersPerSecond) * hours * 3_600 * flex.gigabytes + sweep.gigabyteSeconds;
  // A trigger gathers what comes within a second, of each partition.
  const executionsPerSecond = order.scaleGroups.reduce(
    (sum, { name, turns }) =>
      sum + (name === 'HTTP' ? ordersPerSecond : Math.min(turns * ordersPerSecond, azure.eventHubs.partitions)),
    0,
  );
  const executions = executionsPerSecond * hours * 3_600 + sweep.ticks;
  return (
    Math.max(0, gigabyteSeconds - flex.freeGigabyteSeconds) * prices.flexGigabyteSecond.usd +
    (Math.max(0, executions - flex.freeExecutions) / 1e6) * prices.flexMillionExecutions.usd
  );
}

/** An instance of EP1, a month, in dollars. */
export function premiumInstanceMonth(prices: PriceList): number {
  const hour = premium.cores * prices.premiumCoreHour.usd + premium.gigabytes * prices.premiumGigabyteHour.usd;
  return hour * azure.hoursAMonth;
}

/** A month on Elastic Premium, in dollars: the instances that are always ready, and more where the orders ask for them. */
export function premiumMonth({ ordersPerSecond, hours }: Pace, prices: PriceList, alwaysReady: number): number {
  const needed = Math.ceil((ordersPerSecond * peak) / ordersOfAnInstance);
  const more = Math.max(0, needed - alwaysReady) * (hours / azure.hoursAMonth);
  return (alwaysReady + more) * premiumInstanceMonth(prices);
}

/** Hours of a day with an order or more each second up to which Flex Consumption costs less than so many instances of EP1. */
export function hoursOfADayUpTo(instances: number, prices: PriceList): number {
  const flexHour = busyFlexInstances(1) * 3_600 * flex.gigabytes * prices.flexGigabyteSecond.usd;
  return ((premiumInstanceMonth(prices) * instances) / azure.hoursAMonth / flexHour) * 24;
}
