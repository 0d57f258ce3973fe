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

/** Of Event Hubs Standard, for so many orders a second: whichever of events and bytes, in and out, asks for most. */
export function throughputUnits(ordersPerSecond: number): number {
  const { eventsIn, bytesIn, eventsOut, bytesOut } = azure.throughputUnit;
  const { events, deliveries, eventBytes } = order;
  const ofAnOrder = Math.max(
    events / eventsIn,
    (events * eventBytes) / bytesIn,
    deliveries / eventsOut,
    (deliveries * eventBytes) / bytesOut,
  );
  return Math.max(1, Math.ceil(ordersPerSecond * ofAnOrder - 1e-9));
}
