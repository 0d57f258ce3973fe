import { azure } from './azure-limits.ts';
import type { Deployment } from './deployment.ts';
import { flexMonth, premiumMonth } from './functions-cost.ts';
import { order, peak } from './order.ts';
import type { PriceList } from './prices.ts';
import { throughputUnits } from './sizing.ts';

/** What a million orders cost at a pace that lasts a month, in dollars. What is there anyway is in it. */
export interface MillionOrders {
  readonly ordersPerSecond: number;
  readonly ordersAMonth: number;
  /** Undefined where the container that takes most has more than a serverless one is good for. */
  readonly serverless: number | undefined;
  readonly autoscale: number;
  readonly eventHubs: number;
  readonly logs: number;
  readonly flex: number;
  readonly premium: number;
}

/** Up to so many orders a second each comes alone: a trigger gathers what comes within a second. */
const aloneUpTo = 1;

/** @param provisioned whose autoscale and instances are reckoned with */
export function perMillion(ordersPerSecond: number, prices: PriceList, provisioned: Deployment): MillionOrders {
  const hours = azure.hoursAMonth;
  const ordersAMonth = ordersPerSecond * hours * 3_600;
  const millions = ordersAMonth / 1e6;
  const pace = { ordersPerSecond, hours };
  const requestUnits = ordersPerSecond > aloneUpTo ? order.requestUnits : order.requestUnitsAlone;
  const isWithinServerless = ordersPerSecond * peak * order.ordersUnits <= azure.serverlessPartition.units;
  // An hour is paid by its busiest second, and never less than a tenth of the maximum.
  const least = (provisioned.maximumRequestUnits ?? 0) * azure.autoscale.leastShare;
  const paidUnits = Math.max(ordersPerSecond * requestUnits * peak, least);
  const units = throughputUnits(ordersPerSecond * peak);
  const logGigabytes = (ordersAMonth * order.logLines * order.logLineBytes) / 1e9;
  return {
    ordersPerSecond,
    ordersAMonth,
    serverless: isWithinServerless ? requestUnits * prices.serverlessMillionUnits.usd : undefined,
    autoscale: ((paidUnits / 100) * prices.autoscaleHundredUnitsHour.usd * hours) / millions,
    eventHubs:
      (units * prices.throughputUnitHour.usd * hours) / millions + order.events * prices.ingressMillionEvents.usd,
    logs: (Math.max(0, logGigabytes - azure.logs.freeGigabytes) * prices.logGigabyte.usd) / millions,
    flex: flexMonth(pace, prices) / millions,
    premium: premiumMonth(pace, prices, provisioned.alwaysReadyInstances) / millions,
  };
}
