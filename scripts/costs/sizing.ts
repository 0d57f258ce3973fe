import { azure } from './azure-limits.ts';
import { order, ordersOfAnInstance } from './order.ts';

/** What the busiest second asks for. */
export interface Size {
  readonly ordersPerSecond: number;
  readonly throughputUnits: number;
  readonly requestUnits: number;
  readonly instances: number;
  /** Of each topic: a partition is read by one instance. */
  readonly partitions: number;
  /** An order's reservation is made by whoever reads its location's partition. */
  readonly locations: number;
  /** Into which the list of a day is cut. */
  readonly listShards: number;
}

export function sizeFor(ordersPerSecond: number): Size {
  const readers = Math.ceil(ordersPerSecond / ordersOfAnInstance);
  return {
    ordersPerSecond,
    throughputUnits: throughputUnits(ordersPerSecond),
    requestUnits: Math.ceil((ordersPerSecond * order.requestUnits) / 1_000) * 1_000,
    instances: readers,
    partitions: readers,
    locations: readers,
    listShards: Math.ceil((ordersPerSecond * order.listUnits) / azure.logicalPartition.units),
  };
}

/** How many orders a second a throughput unit of Event Hubs Standard takes, by each thing that it limits. */
export const ordersOfAThroughputUnit = {
  eventsIn: azure.throughputUnit.eventsIn / order.events,
  bytesIn: azure.throughputUnit.bytesIn / (order.events * order.eventBytes),
  eventsOut: azure.throughputUnit.eventsOut / order.deliveries,
  bytesOut: azure.throughputUnit.bytesOut / (order.deliveries * order.eventBytes),
} as const;

/** What it takes of all of them. */
export const fewestOrdersOfAThroughputUnit = Math.min(...Object.values(ordersOfAThroughputUnit));

/** Of Event Hubs Standard, for so many orders a second. */
export function throughputUnits(ordersPerSecond: number): number {
  return Math.max(1, Math.ceil(ordersPerSecond / fewestOrdersOfAThroughputUnit - 1e-9));
}
