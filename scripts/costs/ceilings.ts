import registry from '../../infra/modules/registry.json' with { type: 'json' };
import { rememberedSeconds } from '../../shared/settings/retention.ts';
import { azure } from './azure-limits.ts';
import { order } from './order.ts';
import { fewestOrdersOfAThroughputUnit, ordersOfAThroughputUnit } from './sizing.ts';

/** How far something goes, and how that is reckoned. */
export interface Ceiling {
  readonly what: string;
  readonly reaches: string;
  readonly from: string;
}

const whole = (value: number) => Math.floor(value).toLocaleString('en-US');
const million = (value: number) => `${(value / 1e6).toFixed(1)} million`;
const rememberedDays = rememberedSeconds / 86_400;

const { throughputUnit, eventHubs, logicalPartition, serverlessPartition, database } = azure;
const kept = throughputUnit.storedBytes / (order.events * order.eventBytes);
const held = logicalPartition.bytes / order.reservationBytes;

/** Where each thing ends that an order needs. */
export const ceilings: readonly Ceiling[] = [
  {
    what: 'one location, request units',
    reaches: `${whole(logicalPartition.units / order.stockUnitsAlone)} to ${whole(logicalPartition.units / order.stockUnits)} orders/s`,
    from: `10,000 RU/s a logical partition; ${order.stockUnitsAlone} RU for an order that comes alone, ${order.stockUnits} where many share a commit`,
  },
  {
    what: 'one location, what it holds',
    reaches: `${million(held / rememberedDays)} orders a day`,
    from: `20 GB a logical partition / ${order.reservationBytes} bytes, closed reservations kept for ${rememberedDays} days`,
  },
  {
    what: "a day's list, request units",
    reaches: `${whole(logicalPartition.units / order.listUnits)} orders/s`,
    from: `10,000 RU/s / ${order.listUnits} RU an entry`,
  },
  {
    what: "a day's list, what it holds",
    reaches: `${million(logicalPartition.bytes / order.listEntryBytes)} orders`,
    from: `20 GB / ${order.listEntryBytes} bytes an entry`,
  },
  {
    what: 'a throughput unit',
    reaches: `${whole(fewestOrdersOfAThroughputUnit)} orders/s`,
    from: `2 MB/s out / ${order.deliveries} deliveries of ${order.eventBytes} bytes; by events out ${whole(ordersOfAThroughputUnit.eventsOut)}, in by events ${whole(ordersOfAThroughputUnit.eventsIn)}, by bytes ${whole(ordersOfAThroughputUnit.bytesIn)}`,
  },
  {
    what: 'a throughput unit, what it holds',
    reaches: `${million(kept / eventHubs.retentionDays)} orders a day`,
    from: `84 GB / ${order.events * order.eventBytes} bytes an order, for ${eventHubs.retentionDays} days; what is beyond is paid as storage`,
  },
  {
    what: 'a Standard namespace',
    reaches: `${whole(throughputUnit.most * fewestOrdersOfAThroughputUnit)} orders/s`,
    from: `${throughputUnit.most} throughput units`,
  },
  {
    what: 'connections of a Standard namespace',
    reaches: `${whole(eventHubs.connections / (registry.consumers.length + registry.topics.length))} instances of Elastic Premium at most`,
    from: `${whole(eventHubs.connections)} / (${registry.consumers.length} consumers + ${registry.topics.length} topics written to, one each at least)`,
  },
  {
    what: 'Cosmos DB serverless',
    reaches: `${whole(serverlessPartition.units / order.ordersUnits)} orders/s`,
    from: `5,000 RU/s of a container with one physical partition / ${order.ordersUnits} RU in \`orders\``,
  },
  {
    what: 'a Cosmos DB database',
    reaches: `${whole(database.units / order.requestUnits)} orders/s`,
    from: `1,000,000 RU/s without asking Microsoft / ${order.requestUnits} RU`,
  },
];
