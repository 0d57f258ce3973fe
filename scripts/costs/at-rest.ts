import { azure } from './azure-limits.ts';
import type { Deployment } from './deployment.ts';
import { flexMonth, premiumMonth } from './functions-cost.ts';
import type { PriceList } from './prices.ts';
import { sweepOfAMonth } from './sweep-cost.ts';

/** A line of a bill. */
export interface CostLine {
  readonly what: string;
  /** How it is reckoned. */
  readonly from: string;
  readonly usd: number;
}

const month = azure.hoursAMonth;
const nothing = { ordersPerSecond: 0, hours: 0 };
const whole = (value: number) => Math.round(value).toLocaleString('en-US');

/** What a month costs in which nobody does anything. */
export function atRest(deployment: Deployment, prices: PriceList): readonly CostLine[] {
  return [
    ...store(deployment, prices),
    {
      what: 'Event Hubs',
      from: `1 throughput unit × ${month} h; consumers that wait for events are not paid for`,
      usd: prices.throughputUnitHour.usd * month,
    },
    ...functions(deployment, prices),
    ...watching(deployment, prices),
    ...network(deployment, prices),
  ];
}

function store({ maximumRequestUnits, sweepSeconds }: Deployment, prices: PriceList): readonly CostLine[] {
  const { ticks, questions, requestUnits } = sweepOfAMonth(sweepSeconds);
  const units = `${(requestUnits / 1e6).toFixed(1)} million RU`;
  const sweep = `sweep: ${whole(ticks)} times ${questions} questions, and a look at health each minute, ${units}`;
  if (maximumRequestUnits === undefined)
    return [
      { what: 'Cosmos DB, serverless', from: sweep, usd: (requestUnits / 1e6) * prices.serverlessMillionUnits.usd },
    ];
  const least = maximumRequestUnits * azure.autoscale.leastShare;
  return [
    {
      what: 'Cosmos DB, autoscale',
      from: `a tenth of ${whole(maximumRequestUnits)} RU/s × ${month} h; the ${sweep} are within it`,
      usd: (least / 100) * prices.autoscaleHundredUnitsHour.usd * month,
    },
  ];
}

function functions({ alwaysReadyInstances: ready, sweepSeconds }: Deployment, prices: PriceList): readonly CostLine[] {
  const { gigabyteSeconds } = sweepOfAMonth(sweepSeconds);
  if (ready > 0)
    return [
      { what: 'Functions, premium', from: `${ready} × EP1 × ${month} h`, usd: premiumMonth(nothing, prices, ready) },
    ];
  return [
    {
      what: 'Functions, flex',
      from: `sweep: ${whole(gigabyteSeconds)} GB-s, less ${whole(azure.flex.freeGigabyteSeconds)} that are free in a subscription`,
      usd: flexMonth(nothing, prices, sweepSeconds),
    },
  ];
}

function watching(deployment: Deployment, prices: PriceList): readonly CostLine[] {
  const { logAlerts, logAlertsEachMinutes: each, metricAlerts, availabilityPlaces: places } = deployment;
  const ofLog = each === 5 ? prices.logAlertEachFiveMinutesMonth : prices.logAlertEachQuarterHourMonth;
  const calls = places * month * 12;
  return [
    {
      what: 'alerts',
      from: `${logAlerts} on the log, each ${each} minutes; ${metricAlerts} on metrics`,
      usd: logAlerts * ofLog.usd + metricAlerts * prices.metricAlertMonth.usd,
    },
    {
      what: 'availability test',
      from: places === 0 ? 'none: it would keep dev awake' : `${places} places, each 5 minutes: ${whole(calls)} calls`,
      usd: calls * prices.availabilityCall.usd,
    },
  ];
}

function network({ privateEndpoints }: Deployment, prices: PriceList): readonly CostLine[] {
  if (privateEndpoints === 0) return [];
  return [
    {
      what: 'private network',
      from: `${privateEndpoints} endpoints × ${month} h and as many DNS zones`,
      usd: privateEndpoints * (prices.privateEndpointHour.usd * month + prices.privateZoneMonth.usd),
    },
  ];
}
